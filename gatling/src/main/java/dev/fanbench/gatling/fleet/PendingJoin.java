package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.gatling.dialect.FrameContext;
import dev.fanbench.gatling.dialect.FrameText;
import dev.fanbench.gatling.dialect.JoinRule.Confirmation;
import dev.fanbench.gatling.dialect.RefusalRule;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A way into a room, and the confirmation it waits for if any. Confined to its client's loop. */
final class PendingJoin {
  private final Dialect dialect;
  private final String room;
  private final Duration timeout;
  private final CompletableFuture<JoinOutcome> outcome = new CompletableFuture<>();
  private FrameContext values;
  private ClientIdentity identity;
  private int frames;
  private String instead = "";
  private Future<?> deadline;

  PendingJoin(Dialect dialect, String room, Duration timeout) {
    this.dialect = dialect;
    this.room = room;
    this.timeout = timeout;
  }

  String room() {
    return room;
  }

  CompletableFuture<JoinOutcome> outcome() {
    return outcome;
  }

  /** Whether a frame has to arrive. Probes are published later, for all members at once. */
  boolean needsReply() {
    return !(dialect.join().confirmation() instanceof Confirmation.Probe);
  }

  /**
   * The question is sent.
   *
   * @param sent values that stood in it, and stand in the confirmation
   * @param by the client, whose secrets are not shown
   */
  void asked(FrameContext sent, ClientIdentity by) {
    values = sent;
    identity = by;
  }

  void expireOn(FleetLoop loop, Runnable expired) {
    deadline = loop.after(timeout.toNanos(), expired);
  }

  /** The outcome that the frame decides; empty for another one, which is kept for an error. */
  Optional<JoinOutcome> decidedBy(byte[] bytes, int offset, int length) {
    if (values == null) {
      return Optional.empty();
    }
    if (isConfirmedBy(bytes, offset, length)) {
      return Optional.of(new JoinOutcome.Joined(room));
    }
    instead = identity.hide(FrameText.shown(bytes, offset, length));
    for (RefusalRule refusal : dialect.refusals()) {
      if (refusal.match().matches(bytes, offset, length, values)) {
        return Optional.of(
            refusal.again()
                ? new JoinOutcome.Overwhelmed(room, instead)
                : new JoinOutcome.Refused(room, instead));
      }
    }
    if (dialect.join().confirmation() instanceof Confirmation.Frames counted
        && ++frames == counted.frames()) {
      return Optional.of(new JoinOutcome.Joined(room));
    }
    return Optional.empty();
  }

  /** Whether the frame holds the reply that confirms the join. */
  boolean isConfirmedBy(byte[] bytes, int offset, int length) {
    return values != null
        && dialect.join().confirmation() instanceof Confirmation.Reply reply
        && reply.match().matches(bytes, offset, length, values);
  }

  void joined() {
    end(new JoinOutcome.Joined(room));
  }

  void unanswered() {
    end(new JoinOutcome.Unanswered(room, wanted(), timeout, instead));
  }

  private String wanted() {
    if (dialect.join().confirmation() instanceof Confirmation.Reply reply) {
      return "a frame that " + identity.hide(reply.match().words(values));
    }
    return dialect.join().confirmation() instanceof Confirmation.Frames counted
        ? counted.frames() + " frames"
        : "a probe";
  }

  void notConnected(String reason) {
    end(new JoinOutcome.NotConnected(room, reason));
  }

  void end(JoinOutcome how) {
    if (deadline != null) {
      deadline.cancel(false);
    }
    outcome.complete(how);
  }
}
