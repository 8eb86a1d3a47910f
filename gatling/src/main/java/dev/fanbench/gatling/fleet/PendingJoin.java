package dev.fanbench.gatling.fleet;

import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** A way into a room, and the answer it waits for if any. Confined to its client's loop. */
final class PendingJoin {
  private static final int SHOWN_BYTES = 200;

  /** The text that API Gateway sends when its integration fails to answer. */
  private static final Pattern CANNOT_NOW =
      Pattern.compile("\\{\"message\": ?\".*\"requestId\":.*");

  private final String room;
  private final Duration timeout;
  private final Optional<Dialect.Join> join;
  private final byte[] answer;
  private final CompletableFuture<JoinOutcome> outcome = new CompletableFuture<>();
  private String instead = "";
  private Future<?> deadline;

  PendingJoin(Dialect dialect, String room, Duration timeout) {
    this.room = room;
    this.timeout = timeout;
    this.join = dialect.join(room);
    this.answer = join.map(Dialect.Join::answer).orElse("").getBytes(StandardCharsets.UTF_8);
  }

  CompletableFuture<JoinOutcome> outcome() {
    return outcome;
  }

  /** The command to send; empty for a server without rooms. */
  Optional<byte[]> command() {
    return join.map(each -> each.command().getBytes(StandardCharsets.UTF_8));
  }

  void expireOn(FleetLoop loop, Runnable expired) {
    deadline = loop.after(timeout.toNanos(), expired);
  }

  /** The outcome that the text decides; empty for another text, which is kept for an error. */
  Optional<JoinOutcome> decidedBy(byte[] bytes, int offset, int length) {
    if (Arrays.equals(answer, 0, answer.length, bytes, offset, offset + length)) {
      return Optional.of(new JoinOutcome.Joined(room));
    }
    instead = new String(bytes, offset, Math.min(length, SHOWN_BYTES), StandardCharsets.UTF_8);
    return CANNOT_NOW.matcher(instead).matches()
        ? Optional.of(new JoinOutcome.Overwhelmed(room, instead))
        : Optional.empty();
  }

  void joined() {
    end(new JoinOutcome.Joined(room));
  }

  void unanswered() {
    end(new JoinOutcome.Unanswered(room, timeout, instead));
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
