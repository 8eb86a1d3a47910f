package dev.fanbench.functions.chat;

import dev.fanbench.functions.chat.FanOut.Outcome;
import dev.fanbench.protocol.Action;
import dev.fanbench.protocol.Envelope;
import dev.fanbench.protocol.Frame;
import dev.fanbench.protocol.Replies;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The chat. When a message has been handled, everything that it causes is done, because a function
 * is frozen once it has answered.
 *
 * <p>Thread-safe and without state: two messages of one client may be handled at the same time by
 * two processes.
 */
public final class Chat {
  private final Registry registry;
  private final MessageLog messages;
  private final Posts posts;
  private final int postConcurrency;
  private final Duration staleGrace;
  private final Clock clock;
  private final Consumer<String> log;

  /**
   * @param postConcurrency posts that one frame has in flight at most
   * @param staleGrace a member that is gone is forgotten only when it connected longer ago; a
   *     younger one may still be in its handshake, during which posts are answered with "gone" too
   * @param clock what tells the age of a member and the time of a message
   * @param log takes one line for each event that did not go well
   */
  public Chat(
      Registry registry,
      MessageLog messages,
      Posts posts,
      int postConcurrency,
      Duration staleGrace,
      Clock clock,
      Consumer<String> log) {
    this.registry = registry;
    this.messages = messages;
    this.posts = posts;
    this.postConcurrency = postConcurrency;
    this.staleGrace = staleGrace;
    this.clock = clock;
    this.log = log;
  }

  /**
   * A client's message.
   *
   * @param connectionId who sent it
   * @param requestId unique to the message; names it in the log and in the error frame
   * @return the frame that answers the sender, if any
   */
  public Optional<String> receive(String connectionId, String requestId, String text) {
    return Frame.classify(text).accept(new Reaction(connectionId, requestId));
  }

  private final class Reaction implements Frame.Visitor<Optional<String>> {
    private final String connectionId;
    private final String requestId;

    Reaction(String connectionId, String requestId) {
      this.connectionId = connectionId;
      this.requestId = requestId;
    }

    @Override
    public Optional<String> blank() {
      return Optional.empty();
    }

    @Override
    public Optional<String> chatText(String text) {
      Sender sender = registry.sender(connectionId);
      long now = clock.millis();
      String line = Replies.chatLine(sender.room(), sender.name(), text);
      return publish(
          line,
          fanOut -> {
            registry.members(sender.room(), except(connectionId, fanOut));
            // Written while the posts are on their way.
            messages.append(new StoredMessage(requestId, sender, text, now));
          });
    }

    @Override
    public Optional<String> name(String name) {
      registry.rename(connectionId, name);
      return Optional.of(Replies.nameSet(name));
    }

    @Override
    public Optional<String> channel(String room) {
      registry.move(connectionId, room);
      return Optional.of(Replies.channelChanged(room));
    }

    @Override
    public Optional<String> help() {
      return Optional.of(Replies.HELP);
    }

    @Override
    public Optional<String> fetchChannels() {
      return Optional.of(Replies.channelsList(registry.rooms()));
    }

    @Override
    public Optional<String> rpc(Action.Rpc request) {
      return Optional.of(Replies.rpc(request));
    }

    @Override
    public Optional<String> broadcast(Action.Broadcast broadcast) {
      return publish(Replies.broadcast(broadcast, connectionId), registry::everyone);
    }

    @Override
    public Optional<String> envelope(Envelope envelope) {
      return publish(
          Replies.envelope(envelope, clock.millis() / 1_000),
          fanOut -> registry.everyone(envelope.echo() ? fanOut : except(connectionId, fanOut)));
    }

    @Override
    public Optional<String> malformed(String reason) {
      log.accept("%s: %s".formatted(requestId, reason));
      return Optional.of(Replies.internalServerError(connectionId, requestId));
    }
  }

  /**
   * Posts a line to the members that {@code members} hands over, and waits for the last of them.
   */
  private Optional<String> publish(String line, Consumer<FanOut> members) {
    FanOut fanOut = new FanOut(posts, line.getBytes(StandardCharsets.UTF_8), postConcurrency);
    try {
      members.accept(fanOut);
    } finally {
      // Posts that are on their way arrive, even if the rest of the members cannot be read.
      settle(fanOut.finish().join());
    }
    return Optional.empty();
  }

  /** Forgets members that are gone for good. */
  private void settle(Outcome outcome) {
    if (outcome.failed() > 0) {
      log.accept("%d posts failed, %d arrived".formatted(outcome.failed(), outcome.delivered()));
    }
    long newest = clock.millis() - staleGrace.toMillis();
    List<Member> stale =
        outcome.gone().stream().filter(member -> member.connectedAtMillis() < newest).toList();
    if (!stale.isEmpty()) {
      registry.forget(stale);
    }
  }

  private static Consumer<Member> except(String connectionId, Consumer<Member> each) {
    return member -> {
      if (!member.connectionId().equals(connectionId)) {
        each.accept(member);
      }
    };
  }
}
