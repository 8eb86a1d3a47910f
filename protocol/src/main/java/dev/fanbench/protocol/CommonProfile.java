package dev.fanbench.protocol;

import dev.fanbench.protocol.Action.Broadcast;
import dev.fanbench.protocol.Action.FetchChannels;
import dev.fanbench.protocol.Action.Notation;
import dev.fanbench.protocol.Action.Rpc;
import dev.fanbench.protocol.Frame.Blank;
import dev.fanbench.protocol.Frame.ChatText;
import dev.fanbench.protocol.Frame.Malformed;
import java.util.Optional;

/** The frame rules of the profile {@code common}. Chat text, the measured path, costs one look. */
final class CommonProfile {
  private static final Blank BLANK = new Blank();

  private CommonProfile() {}

  static Frame classify(String text) {
    if (text.isBlank()) {
      return BLANK;
    }
    if (text.charAt(0) == '/') {
      return Commands.parse(text);
    }
    if (EdnBroadcast.looksLikeEdn(text)) {
      return EdnBroadcast.parse(text);
    }
    Optional<JsonObject> object = JsonObject.parse(text);
    if (object.isPresent()) {
      Optional<Frame> known = action(object.get()).or(() -> Envelopes.parse(object.get()));
      if (known.isPresent()) {
        return known.get();
      }
    }
    return new ChatText(text);
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
