package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.gateway.IntegrationResult.Answered;
import dev.fanbench.target.TargetCounter;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts clients, messages and calls of the front door. Thread-safe; the adders only grow. */
final class GatewayUsage {
  private static final int FIRST_ERROR = 400;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int METERED_BYTES = 32 * 1024;

  final LongAdder opened = new LongAdder();
  final LongAdder closed = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder framesReceived = new LongAdder();
  final LongAdder pingsReceived = new LongAdder();
  final LongAdder deliveriesSent = new LongAdder();
  final LongAdder repliesSent = new LongAdder();
  final LongAdder clientErrors = new LongAdder();
  final LongAdder unsignedRefused = new LongAdder();
  final LongAdder postsGone = new LongAdder();
  final LongAdder integrationsCalled = new LongAdder();
  final LongAdder integrationsOver = new LongAdder();
  final LongAdder connects = new LongAdder();
  private final LongAdder integrationErrors = new LongAdder();
  private final LongAdder executionErrors = new LongAdder();
  private final LongAdder integrationNanos = new LongAdder();
  final LongAdder disconnectsLost = new LongAdder();

  /** Bytes that are kept of the messages of clients that may refer to them. */
  final LongAdder deflateContextBytes = new LongAdder();

  private final LongAdder meteredMessages = new LongAdder();

  /** Connected time of closed connections, minus the start of open ones: plus now it is the sum. */
  private final LongAdder connectedMillis = new LongAdder();

  /** Counts what is billed for a message of this size in either direction. */
  void meter(int bytes) {
    meteredMessages.add(Math.max(1, (bytes + METERED_BYTES - 1) / METERED_BYTES));
  }

  /**
   * Counts by the names of API Gateway's metrics. Their documentation is not exact. Here an answer
   * with an error status is an IntegrationError. A missing or unreadable answer is an
   * ExecutionError.
   */
  void answered(IntegrationResult result, long nanos) {
    integrationNanos.add(nanos);
    if (!(result instanceof Answered answered)) {
      executionErrors.increment();
    } else if (answered.answer().statusCode() >= FIRST_ERROR) {
      integrationErrors.increment();
    }
  }

  void connected(long atMillis) {
    opened.increment();
    connectedMillis.add(-atMillis);
  }

  void disconnected(long atMillis) {
    closed.increment();
    connectedMillis.add(atMillis);
  }

  void putInto(Map<String, Long> counters, long nowMillis) {
    // What is over is read before what has begun: a difference may then be too large, and is never
    // 0 while something is under way.
    long ended = closed.sum();
    long begun = opened.sum();
    long open = begun - ended;
    long over = integrationsOver.sum();
    long called = integrationsCalled.sum();
    counters.put(TargetCounter.CONNECTIONS_OPENED.key(), begun);
    counters.put(TargetCounter.CONNECTIONS_OPEN.key(), open);
    counters.put(TargetCounter.CONNECTIONS_REFUSED.key(), refused.sum());
    counters.put(TargetCounter.FRAMES_RECEIVED.key(), framesReceived.sum());
    counters.put(TargetCounter.PINGS_RECEIVED.key(), pingsReceived.sum());
    counters.put(TargetCounter.DELIVERIES_SENT.key(), deliveriesSent.sum());
    counters.put(TargetCounter.REPLIES_SENT.key(), repliesSent.sum());
    counters.put(TargetCounter.POSTS_UNSIGNED.key(), unsignedRefused.sum());
    counters.put(TargetCounter.POSTS_GONE.key(), postsGone.sum());
    counters.put(TargetCounter.INTEGRATIONS_IN_PROGRESS.key(), called - over);
    counters.put(TargetCounter.DEFLATE_CONTEXT.key(), deflateContextBytes.sum());
    counters.put(TargetCounter.DISCONNECTS_LOST.key(), disconnectsLost.sum());
    counters.put(TargetCounter.CONNECT_COUNT.key(), connects.sum());
    counters.put(
        TargetCounter.MESSAGE_COUNT.key(),
        framesReceived.sum() + deliveriesSent.sum() + repliesSent.sum());
    counters.put(TargetCounter.CLIENT_ERROR.key(), clientErrors.sum());
    counters.put(TargetCounter.INTEGRATION_ERROR.key(), integrationErrors.sum());
    counters.put(TargetCounter.EXECUTION_ERROR.key(), executionErrors.sum());
    counters.put(TargetCounter.INTEGRATION_LATENCY.key(), integrationNanos.sum() / NANOS_PER_MILLI);
    counters.put(TargetCounter.METERED_MESSAGES.key(), meteredMessages.sum());
    counters.put(
        TargetCounter.METERED_CONNECTIONS.key(),
        (connectedMillis.sum() + open * nowMillis) / 60_000);
  }
}
