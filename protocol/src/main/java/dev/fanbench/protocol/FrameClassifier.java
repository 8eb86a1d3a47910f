package dev.fanbench.protocol;

import dev.fanbench.protocol.Action.Broadcast;
import dev.fanbench.protocol.Action.FetchChannels;
import dev.fanbench.protocol.Action.Notation;
import dev.fanbench.protocol.Action.Rpc;
import dev.fanbench.protocol.Frame.Blank;
import dev.fanbench.protocol.Frame.ChatText;
import dev.fanbench.protocol.Frame.Malformed;
import java.util.Optional;
import java.util.function.Function;

/** The frame rules. Chat text, the measured path, costs one look. */
final class FrameClassifier {
  private static final Blank BLANK = new Blank();

  private FrameClassifier() {}

  static Frame classify(String text) {
    return known(text, EnvelopeParser::parse).orElseGet(() -> new ChatText(text));
  }

  static Frame classifyPublication(String text) {
    return known(text, object -> Optional.of(EnvelopeParser.complete(object)))
        .orElseGet(() -> new Malformed("neither a request nor a publish envelope"));
  }

  /** Everything but the rule for the rest, which is last. */
  private static Optional<Frame> known(
      String text, Function<JsonObject, Optional<Frame>> envelopes) {
    if (text.isBlank()) {
      return Optional.of(BLANK);
    }
    if (text.charAt(0) == '/') {
      return Optional.of(SlashCommand.parse(text));
    }
    if (EdnBroadcast.looksLikeEdn(text)) {
      return Optional.of(EdnBroadcast.parse(text));
    }
    return JsonObject.parse(text)
        .flatMap(object -> action(object).or(() -> envelopes.apply(object)));
  }

  /** The known action of an object, or empty when it names none. */
  private static Optional<Frame> action(JsonObject object) {
    return object
        .string("action")
        .flatMap(
            action ->
                switch (action) {
                  case "command" -> Optional.of(command(object));
                  case "rpc" -> Optional.of(rpc(object));
                  case "broadcast" -> Optional.of(broadcast(object));
                  default -> Optional.empty();
                });
  }

  private static Frame command(JsonObject object) {
    return object.string("data").filter("fetchChannels"::equals).isPresent()
        ? new FetchChannels()
        : new Malformed("action command without data fetchChannels");
  }

  private static Frame rpc(JsonObject object) {
    Optional<String> id = object.string("id");
    Optional<String> body = object.string("body");
    return id.isPresent() && body.isPresent()
        ? new Rpc(id.get(), body.get())
        : new Malformed("action rpc without the strings id and body");
  }

  private static Frame broadcast(JsonObject object) {
    Optional<String> message = object.string("message");
    return message.isPresent()
        ? new Broadcast(message.get(), Notation.JSON)
        : new Malformed("action broadcast without the string message");
  }
}
