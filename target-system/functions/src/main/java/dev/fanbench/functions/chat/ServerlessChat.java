package dev.fanbench.functions.chat;

import dev.fanbench.protocol.Action;
import dev.fanbench.protocol.Envelope;
import dev.fanbench.protocol.Frame;
import dev.fanbench.protocol.InitialRoom;
import dev.fanbench.protocol.ReplyFormat;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The chat. Each method handles one event. Its future completes when all effects of the event are
 * done, because Lambda freezes a function once it has answered.
 *
 * <p>Thread-safe and without state. Two processes may handle two events of one client at the same
 * time.
 */
public final class ServerlessChat {
  private static final CompletableFuture<Optional<String>> SILENCE =
      CompletableFuture.completedFuture(Optional.empty());

  private final Registry registry;
  private final MessageLog messages;
  private final Delivery.Start deliveries;
  private final PostPolicy postPolicy;
  private final Clock clock;
  private final Consumer<String> log;

  /**
   * @param deliveries starts the delivery of a frame to its members
   * @param postPolicy the treatment of members whose connections are gone
   * @param clock gives the age of a member and the time of a message
   * @param log receives one line for each event with a failure
   */
  public ServerlessChat(
      Registry registry,
      MessageLog messages,
      Delivery.Start deliveries,
      PostPolicy postPolicy,
      Clock clock,
      Consumer<String> log) {
    this.registry = registry;
    this.messages = messages;
    this.deliveries = deliveries;
    this.postPolicy = postPolicy;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Handles a client's message.
   *
   * @param connectionId the connection that sent it
   * @param author the author that a broadcast names: the user, or the connection id
   * @param requestId unique to the message; names it in the log and in the error frame
   * @return the frame that answers the sender, if any
   */
  public CompletableFuture<Optional<String>> receive(
      String connectionId, String author, String requestId, String text) {
    return Frame.classify(text).accept(new Reaction(connectionId, author, requestId));
  }

  private final class Reaction implements Frame.Visitor<CompletableFuture<Optional<String>>> {
    private final String connectionId;
    private final String author;
    private final String requestId;

    Reaction(String connectionId, String author, String requestId) {
      this.connectionId = connectionId;
      this.author = author;
      this.requestId = requestId;
    }

    @Override
    public CompletableFuture<Optional<String>> blank() {
      return SILENCE;
    }

    @Override
    public CompletableFuture<Optional<String>> chatText(String text) {
      return registry
          .sender(connectionId)
          .thenCompose(
              sender -> {
                String line = ReplyFormat.chatLine(sender.room(), sender.name(), text);
                CompletableFuture<Void> stored =
                    messages.append(new StoredMessage(requestId, sender, text, clock.millis()));
                Delivery delivery = delivery(line);
                return registry
                    .members(sender.room(), except(connectionId, delivery))
                    .thenCompose(read -> settle(delivery))
                    .thenCombine(stored, (settled, kept) -> Optional.empty());
              });
    }

    @Override
    public CompletableFuture<Optional<String>> name(String name) {
      return registry
          .rename(connectionId, name)
          .thenApply(renamed -> Optional.of(ReplyFormat.nameSet(name)));
    }

    @Override
    public CompletableFuture<Optional<String>> channel(String room) {
      return registry
          .move(connectionId, room)
          .thenApply(moved -> Optional.of(ReplyFormat.channelChanged(room)));
    }

    @Override
    public CompletableFuture<Optional<String>> help() {
      return answer(ReplyFormat.HELP);
    }

    @Override
    public CompletableFuture<Optional<String>> fetchChannels() {
      return registry
          .rooms()
          .thenApply(rooms -> Optional.of(ReplyFormat.channelsList(listed(rooms))));
    }

    @Override
    public CompletableFuture<Optional<String>> rpc(Action.Rpc request) {
      return answer(ReplyFormat.rpc(request));
    }

    @Override
    public CompletableFuture<Optional<String>> broadcast(Action.Broadcast broadcast) {
      Delivery delivery = delivery(ReplyFormat.broadcast(broadcast, author));
      return registry.everyone(delivery).thenCompose(read -> settle(delivery));
    }

    @Override
    public CompletableFuture<Optional<String>> envelope(Envelope envelope) {
      Delivery delivery = delivery(ReplyFormat.envelope(envelope, clock.millis() / 1_000));
      Consumer<Member> receivers = envelope.echo() ? delivery : except(connectionId, delivery);
      return registry.everyone(receivers).thenCompose(read -> settle(delivery));
    }

    @Override
    public CompletableFuture<Optional<String>> malformed(String reason) {
      log.accept("%s: %s".formatted(requestId, reason));
      return answer(ReplyFormat.internalServerError(connectionId, requestId));
    }
  }

  /**
   * Puts the first room before all others, so that long names of other rooms do not push it out of
   * the list.
   */
  private static Set<String> listed(Set<String> rooms) {
    Set<String> listed = new LinkedHashSet<>(Set.of(InitialRoom.FIRST_ROOM));
    listed.addAll(rooms);
    return listed;
  }

  private Delivery delivery(String line) {
    return deliveries.of(line.getBytes(StandardCharsets.UTF_8));
  }

  /** Waits for the last post, then removes members that are gone for good. */
  private CompletableFuture<Optional<String>> settle(Delivery delivery) {
    return delivery
        .finish()
        .thenCompose(
            outcome -> {
              report(outcome);
              List<Member> stale = postPolicy.stale(outcome.gone(), clock.millis());
              return stale.isEmpty()
                  ? SILENCE
                  : registry.forget(stale).thenApply(forgotten -> Optional.empty());
            });
  }

  private void report(PostOutcome outcome) {
    int failed = outcome.failed() + postPolicy.ignored(outcome.gone()).size();
    if (failed > 0) {
      log.accept("%d posts failed, %d arrived".formatted(failed, outcome.delivered()));
    }
    if (postPolicy.breaksOffAt(outcome.gone())) {
      throw new IllegalStateException(
          "broken off at a member that is gone: %d had the frame, %d were left out"
              .formatted(outcome.delivered(), outcome.leftOut()));
    }
  }

  private static Consumer<Member> except(String connectionId, Consumer<Member> each) {
    return member -> {
      if (!member.connectionId().equals(connectionId)) {
        each.accept(member);
      }
    };
  }

  private static CompletableFuture<Optional<String>> answer(String frame) {
    return CompletableFuture.completedFuture(Optional.of(frame));
  }
}
