package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.gatling.dialect.FrameContext;
import dev.fanbench.gatling.dialect.FrameSource;
import dev.fanbench.gatling.dialect.FrameText;
import dev.fanbench.gatling.dialect.KeepAlive;
import dev.fanbench.gatling.dialect.OpenStep;
import dev.fanbench.gatling.dialect.RefusalRule;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Exchanges the frames of one connection besides publications, as its {@link Dialect} says: those
 * that open it, the way into a room, and those that keep it alive. Confined to its loop.
 */
final class Dialogue {
  private static final String NOT_OPEN =
      " before all frames of open were exchanged; the dialect or the URL may be wrong";

  private final Dialect dialect;
  private final Duration timeout;
  private final ClientHandler handler;
  private final FleetLoop loop;
  private final List<KeepAlive.Answer> batched;
  private final ClientIdentity identity;
  private final Map<String, String> seen = new HashMap<>();

  /** A probe of one of the client's rooms. */
  private static final class AwaitedProbe {
    private final byte[] token;
    private final CompletableFuture<Void> seen = new CompletableFuture<>();

    AwaitedProbe(String token) {
      this.token = token.getBytes(StandardCharsets.US_ASCII);
    }

    void look(byte[] bytes, int offset, int length) {
      if (ProbeRun.isIn(token, bytes, offset, length)) {
        seen.complete(null);
      }
    }
  }

  private FrameContext values;
  private int step;
  private long number;
  private String instead = "";
  private String notOpened;
  private final CompletableFuture<String> opened = new CompletableFuture<>();
  private PendingJoin join;
  private final List<AwaitedProbe> probes = new ArrayList<>();
  private Future<?> openDeadline;
  private Future<?> keepAlive;

  /**
   * @param values of this connection; the room is empty before a join
   */
  Dialogue(FleetConfig route, FrameContext values, ClientHandler handler, FleetLoop loop) {
    this.dialect = route.dialect();
    this.batched = dialect.keepAlive().batchedAnswers();
    this.timeout = route.replyTimeout();
    this.values = values;
    this.handler = handler;
    this.loop = loop;
    this.identity = route.identities().of(values.client());
  }

  /** The values of placeholders now, with the room of the last join. */
  FrameContext values() {
    return values.withEpochSeconds(Instant.now().getEpochSecond());
  }

  /** The values of placeholders in a further frame, which has a number of its own. */
  FrameContext nextValues() {
    values = values().withNumber(++number);
    return values;
  }

  /** Begins the exchange that opens the connection. */
  void begin() {
    advance();
    if (!isOpen()) {
      openDeadline = loop.after(timeout.toNanos(), this::notOpenedInTime);
    }
  }

  private boolean isOpen() {
    return step == dialect.open().size();
  }

  private void advance() {
    while (!isOpen() && dialect.open().get(step) instanceof OpenStep.Send send) {
      step++;
      send(send.frame());
    }
    if (isOpen()) {
      cancel(openDeadline);
      instead = "";
      opened.complete("");
      stayAlive();
      if (join != null) {
        ask();
      }
    }
  }

  private void stayAlive() {
    KeepAlive rule = dialect.keepAlive();
    rule.send()
        .ifPresent(
            frame ->
                keepAlive =
                    loop.after(
                        rule.every().toNanos(),
                        () -> {
                          beat(frame);
                          stayAlive();
                        }));
  }

  private void beat(FrameSource frame) {
    if (loop.trace != null) {
      loop.trace.beat(handler.client());
    }
    send(frame);
  }

  /** Completes with an empty text when the connection is open, or with the reason it is not. */
  CompletableFuture<String> opened() {
    return opened;
  }

  /** Joins a room once the connection is open. */
  void join(PendingJoin next) {
    if (join != null) {
      next.outcome()
          .completeExceptionally(new IllegalStateException("a join is being waited for already"));
    } else if (notOpened != null) {
      next.end(new JoinOutcome.NotOpened(next.room(), notOpened));
    } else {
      join = next;
      if (isOpen()) {
        ask();
      }
    }
  }

  private void ask() {
    values = values().withRoom(join.room());
    dialect.join().send().ifPresent(this::send);
    join.asked(values, identity);
    if (join.needsReply()) {
      join.expireOn(loop, this::joinExpired);
    } else {
      PendingJoin sent = join;
      join = null;
      loop.executor.execute(sent::joined);
    }
  }

  private void joinExpired() {
    PendingJoin expired = join;
    join = null;
    expired.unanswered();
  }

  /** Completes when a text with this token has arrived. */
  CompletableFuture<Void> awaitProbe(String token) {
    AwaitedProbe awaited = new AwaitedProbe(token);
    probes.add(awaited);
    return awaited.seen;
  }

  /** Takes a frame without a stamp. */
  void received(byte[] bytes, int offset, int length) {
    if (!explained(bytes, offset, length)) {
      loop.other(bytes, offset, length, identity);
    }
  }

  /** Takes a frame with stamps, which may hold a confirmation or a ping as well. */
  void receivedStamped(byte[] bytes, int offset, int length) {
    if (join != null && join.isConfirmedBy(bytes, offset, length)) {
      PendingJoin ended = join;
      join = null;
      ended.joined();
    }
    if (!batched.isEmpty()) {
      answerBatch(bytes, offset, length);
    }
  }

  private boolean explained(byte[] bytes, int offset, int length) {
    if (!isOpen() && notOpened == null) {
      return opens(bytes, offset, length) || answers(bytes, offset, length);
    }
    return joins(bytes, offset, length)
        || answers(bytes, offset, length)
        || isProbe(bytes, offset, length)
        || refuses(bytes, offset, length);
  }

  private boolean opens(byte[] bytes, int offset, int length) {
    OpenStep.Expect expected = (OpenStep.Expect) dialect.open().get(step);
    if (expected.match().matches(bytes, offset, length, values)) {
      capture(expected.captures(), bytes, offset, length);
      step++;
      advance();
      return true;
    }
    instead = identity.hide(FrameText.shown(bytes, offset, length));
    for (RefusalRule refusal : dialect.refusals()) {
      if (refusal.match().matches(bytes, offset, length, values)) {
        fail("the target refused to open the connection with '" + instead + "'");
        return true;
      }
    }
    return false;
  }

  /** Keeps parts of a frame; a part that is not there is empty. */
  private void capture(Map<String, Pattern> captures, byte[] bytes, int offset, int length) {
    if (!captures.isEmpty()) {
      String frame = new String(bytes, offset, length, StandardCharsets.UTF_8);
      captures.forEach(
          (name, pattern) -> {
            Matcher found = pattern.matcher(frame);
            String text = found.find() ? found.group(Math.min(1, found.groupCount())) : "";
            seen.put(name, Objects.requireNonNullElse(text, ""));
          });
      values = values.withSeen(seen);
    }
  }

  private void notOpenedInTime() {
    OpenStep.Expect expected = (OpenStep.Expect) dialect.open().get(step);
    fail(
        "after the handshake the target sent no frame that %s within %d ms%s"
            .formatted(
                expected.match().words(values),
                timeout.toMillis(),
                instead.isEmpty() ? "" : ", but '" + instead + "'"));
  }

  private void fail(String reason) {
    String why = identity.hide(reason);
    cancel(openDeadline);
    notOpened = why;
    opened.complete(why);
    if (join != null) {
      PendingJoin ended = join;
      join = null;
      ended.end(new JoinOutcome.NotOpened(ended.room(), why));
    }
    handler.giveUp(why);
  }

  private boolean joins(byte[] bytes, int offset, int length) {
    Optional<JoinOutcome> decided =
        join == null ? Optional.empty() : join.decidedBy(bytes, offset, length);
    if (decided.isEmpty()) {
      return false;
    }
    PendingJoin ended = join;
    join = null;
    ended.end(decided.get());
    answerBatch(bytes, offset, length);
    return true;
  }

  private boolean answers(byte[] bytes, int offset, int length) {
    for (KeepAlive.Answer answer : dialect.keepAlive().answers()) {
      if (answer.expect().matches(bytes, offset, length, values)) {
        answer(answer, bytes, offset, length);
        return true;
      }
    }
    return false;
  }

  private boolean isProbe(byte[] bytes, int offset, int length) {
    if (probes.isEmpty() || !ProbeRun.isIn(bytes, offset, length)) {
      return false;
    }
    probes.forEach(awaited -> awaited.look(bytes, offset, length));
    return true;
  }

  private boolean refuses(byte[] bytes, int offset, int length) {
    for (RefusalRule refusal : dialect.refusals()) {
      if (refusal.match().matches(bytes, offset, length, values)) {
        loop.refused(identity.hide(FrameText.shown(bytes, offset, length)));
        return true;
      }
    }
    return false;
  }

  /** Answers in a frame with stamps: some servers put a ping between publications. */
  private void answerBatch(byte[] bytes, int offset, int length) {
    for (KeepAlive.Answer answer : batched) {
      if (answer.expect().matches(bytes, offset, length, values)) {
        answer(answer, bytes, offset, length);
        return;
      }
    }
  }

  private void answer(KeepAlive.Answer rule, byte[] bytes, int offset, int length) {
    if (loop.trace != null) {
      loop.trace.keptAlive(
          handler.client(), "a frame that " + rule.expect().words(values), rule.send().isPresent());
    }
    capture(rule.captures(), bytes, offset, length);
    rule.send().ifPresent(this::send);
  }

  private void send(FrameSource frame) {
    handler.write(Masking.opcode(frame.binary()), frame.bytes(nextValues()));
  }

  /** Says goodbye, where the dialect does. */
  void leave() {
    if (isOpen()) {
      dialect.leave().ifPresent(this::send);
    }
  }

  /**
   * The connection is closed or closing.
   *
   * @param reason the way in which it was lost; empty when the load closed it
   */
  void ended(String reason) {
    cancel(openDeadline);
    cancel(keepAlive);
    opened.complete((reason.isEmpty() ? "the load closed the connection" : reason) + NOT_OPEN);
    if (join != null) {
      PendingJoin ended = join;
      join = null;
      declineJoin(ended, reason);
    }
  }

  /**
   * Ends a join on a connection that is closed or closing.
   *
   * @param reason the way in which it was lost; empty when the load closed it
   */
  void declineJoin(PendingJoin next, String reason) {
    if (notOpened != null) {
      next.end(new JoinOutcome.NotOpened(next.room(), notOpened));
    } else if (!isOpen() && !reason.isEmpty()) {
      next.end(new JoinOutcome.NotOpened(next.room(), reason + NOT_OPEN));
    } else {
      next.notConnected(reason);
    }
  }

  private static void cancel(Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
