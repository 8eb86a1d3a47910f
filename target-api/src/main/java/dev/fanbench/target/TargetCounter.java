package dev.fanbench.target;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The counters that targets report at their control URL, each with its key, kind and unit.
 *
 * <p>A {@code *} in a key stands for a part that is known only at run time: an operation, a
 * command, a quota or a hop.
 */
public enum TargetCounter {
  HEAP_USED("heap.usedBytes", Kind.GAUGE, Unit.BYTES),
  HEAP_COMMITTED("heap.committedBytes", Kind.GAUGE, Unit.BYTES),
  DIRECT_USED("direct.usedBytes", Kind.GAUGE, Unit.BYTES),
  GC_COUNT("gc.count", Kind.TOTAL, Unit.NUMBER),
  GC_MILLIS("gc.millis", Kind.TOTAL, Unit.NUMBER),

  CONNECTIONS_OPENED("connections.opened", Kind.TOTAL, Unit.NUMBER),
  CONNECTIONS_OPEN("connections.open", Kind.GAUGE, Unit.NUMBER),
  CONNECTIONS_REFUSED("connections.refused", Kind.TOTAL, Unit.NUMBER),
  FRAMES_RECEIVED("frames.received", Kind.TOTAL, Unit.NUMBER),
  FRAMES_MALFORMED("frames.malformed", Kind.TOTAL, Unit.NUMBER),
  FRAMES_REFUSED("frames.refused", Kind.TOTAL, Unit.NUMBER),
  FRAMES_UNMATCHED("frames.unmatched", Kind.TOTAL, Unit.NUMBER),
  DELIVERIES_SENT("deliveries.sent", Kind.TOTAL, Unit.NUMBER),
  REPLIES_SENT("replies.sent", Kind.TOTAL, Unit.NUMBER),
  WRITES_CALLS("writes.calls", Kind.TOTAL, Unit.NUMBER),
  WRITES_PARTIAL("writes.partial", Kind.TOTAL, Unit.NUMBER),
  PUBLICATIONS_DEFLATED("publications.deflated", Kind.TOTAL, Unit.NUMBER),
  DROPS_SLOW("drops.slow", Kind.TOTAL, Unit.NUMBER),
  SLOW_CONFLATED("slow.conflated", Kind.TOTAL, Unit.NUMBER),
  SLOW_DISCONNECTED("slow.disconnected", Kind.TOTAL, Unit.NUMBER),
  SLOW_BUFFERED("slow.bufferedBytes", Kind.GAUGE, Unit.BYTES),
  SLOW_READS_PAUSED("slow.readsPaused", Kind.TOTAL, Unit.NUMBER),
  PINGS_SENT("pings.sent", Kind.TOTAL, Unit.NUMBER),
  PINGS_ANSWERED("pings.answered", Kind.TOTAL, Unit.NUMBER),
  PINGS_UNANSWERED("pings.unanswered", Kind.TOTAL, Unit.NUMBER),
  PINGS_RECEIVED("pings.received", Kind.TOTAL, Unit.NUMBER),
  ROOMS_FORGOTTEN("rooms.forgotten", Kind.TOTAL, Unit.NUMBER),
  ROOMS_UNLISTED("rooms.unlisted", Kind.TOTAL, Unit.NUMBER),
  HISTORY_FORGOTTEN("history.forgotten", Kind.TOTAL, Unit.NUMBER),
  LOOP_ALLOCATED("loop.allocated", Kind.TOTAL, Unit.BYTES),

  /** Publications of a node that Redis has confirmed, and the copies that it made for nodes. */
  RELAY_PUBLISHED("relay.published", Kind.TOTAL, Unit.NUMBER),
  RELAY_PASSED_ON("relay.passedOn", Kind.TOTAL, Unit.NUMBER),
  RELAY_DROPPED("relay.dropped", Kind.TOTAL, Unit.NUMBER),
  /** Messages of Redis at a node, its own included, and those delivered to its members. */
  RELAY_HEARD("relay.heard", Kind.TOTAL, Unit.NUMBER),
  RELAY_DELIVERED("relay.delivered", Kind.TOTAL, Unit.NUMBER),
  RELAY_REPEATED("relay.repeated", Kind.TOTAL, Unit.NUMBER),
  RELAY_REJECTED("relay.rejected", Kind.TOTAL, Unit.NUMBER),
  RELAY_CONNECTS("relay.connects", Kind.TOTAL, Unit.NUMBER),
  RELAY_CONNECTED("relay.connected", Kind.GAUGE, Unit.NUMBER),
  RELAY_PENDING("relay.pendingBytes", Kind.GAUGE, Unit.BYTES),

  POSTS_UNSIGNED("posts.unsigned", Kind.TOTAL, Unit.NUMBER),
  POSTS_GONE("posts.gone", Kind.TOTAL, Unit.NUMBER),
  DEFLATE_CONTEXT("deflate.contextBytes", Kind.GAUGE, Unit.BYTES),
  INTEGRATIONS_IN_PROGRESS("integrations.inProgress", Kind.GAUGE, Unit.NUMBER),
  DISCONNECTS_LOST("faults.disconnectsLost", Kind.TOTAL, Unit.NUMBER),
  CONNECT_COUNT("apigateway.ConnectCount", Kind.TOTAL, Unit.NUMBER),
  MESSAGE_COUNT("apigateway.MessageCount", Kind.TOTAL, Unit.NUMBER),
  CLIENT_ERROR("apigateway.ClientError", Kind.TOTAL, Unit.NUMBER),
  INTEGRATION_ERROR("apigateway.IntegrationError", Kind.TOTAL, Unit.NUMBER),
  EXECUTION_ERROR("apigateway.ExecutionError", Kind.TOTAL, Unit.NUMBER),
  INTEGRATION_LATENCY("apigateway.IntegrationLatency", Kind.TOTAL, Unit.MILLIS),
  LAMBDA_IN_PROGRESS("lambda.inProgress", Kind.GAUGE, Unit.NUMBER),
  LAMBDA_WAITING("lambda.waiting", Kind.GAUGE, Unit.NUMBER),
  LAMBDA_THREADS_LEFT("lambda.threadsLeft", Kind.GAUGE, Unit.NUMBER),
  /** Environments created in the life of the target. */
  LAMBDA_ENVIRONMENTS("lambda.environments", Kind.GAUGE, Unit.NUMBER),
  /** Cold starts of functions in processes of their own: their number and their time. */
  LAMBDA_INITS("lambda.inits", Kind.TOTAL, Unit.NUMBER),
  LAMBDA_INIT_TIME("lambda.initMillis", Kind.TOTAL, Unit.MILLIS),
  /** The time of the first request after each of these cold starts. */
  LAMBDA_FIRST_TIME("lambda.firstMillis", Kind.TOTAL, Unit.MILLIS),
  LAMBDA_FAILURES("lambda.failures", Kind.TOTAL, Unit.NUMBER),
  LAMBDA_ABANDONED("lambda.abandoned", Kind.TOTAL, Unit.NUMBER),
  LAMBDA_CAP_REACHED("lambda.capReached", Kind.TOTAL, Unit.NUMBER),
  LAMBDA_QUEUE_FULL("lambda.queueFull", Kind.TOTAL, Unit.NUMBER),
  MODEL_DRAWS("model.*.draws", Kind.TOTAL, Unit.NUMBER),
  MODEL_OVERRUNS("model.*.overruns", Kind.TOTAL, Unit.NUMBER),
  MODEL_SMALLEST("model.*.smallestNanos", Kind.GAUGE, Unit.NANOS),
  QUOTA_HITS("quota.*", Kind.TOTAL, Unit.NUMBER),

  METERED_MESSAGES("aws.messages", Kind.TOTAL, Unit.NUMBER),
  METERED_CONNECTIONS("aws.connectionMinutes", Kind.TOTAL, Unit.MINUTES),
  METERED_INVOCATIONS("aws.invocations", Kind.TOTAL, Unit.NUMBER),
  METERED_FUNCTIONS("aws.gbMillis", Kind.TOTAL, Unit.GIGABYTE_MILLIS),
  METERED_READS("aws.rru", Kind.TOTAL, Unit.NUMBER),
  METERED_WRITES("aws.wru", Kind.TOTAL, Unit.NUMBER),
  DYNAMODB_CALLS("dynamodb.*", Kind.TOTAL, Unit.NUMBER),
  REDIS_CPU("redis.cpuMicros", Kind.TOTAL, Unit.MICROS),
  REDIS_USED("redis.usedBytes", Kind.GAUGE, Unit.BYTES),
  REDIS_CALLS("redis.*", Kind.TOTAL, Unit.NUMBER);

  private static final Map<String, TargetCounter> BY_KEY =
      Arrays.stream(values())
          .filter(counter -> counter.pattern == null)
          .collect(Collectors.toUnmodifiableMap(counter -> counter.key, Function.identity()));

  private final String key;
  private final Kind kind;
  private final Unit unit;

  /** Matches the keys of a counter with a part that is known only at run time; null otherwise. */
  private final Pattern pattern;

  /** The meaning of a counter for a phase. */
  public enum Kind {
    /** Only grows: a phase stores the difference between its two edges. */
    TOTAL,

    /** Goes up and down: a phase stores the value at its end. */
    GAUGE
  }

  /** The unit of a counter. */
  public enum Unit {
    NUMBER,
    BYTES,
    NANOS,
    MICROS,
    MILLIS,
    MINUTES,
    GIGABYTE_MILLIS
  }

  TargetCounter(String key, Kind kind, Unit unit) {
    this.key = key;
    this.kind = kind;
    this.unit = unit;
    this.pattern =
        key.contains("*") ? Pattern.compile(key.replace(".", "\\.").replace("*", ".+")) : null;
  }

  /** The key at the control URL and in run directories. */
  public String key() {
    return key;
  }

  /** The key with {@code part} in place of its {@code *}. */
  public String key(String part) {
    return key.replace("*", part);
  }

  /** The part of one of this counter's keys that stands for its {@code *}. */
  public String part(String key) {
    int star = this.key.indexOf('*');
    return key.substring(star, key.length() - (this.key.length() - star - 1));
  }

  /** The kind. */
  public Kind kind() {
    return kind;
  }

  /** The unit. */
  public Unit unit() {
    return unit;
  }

  /** The counter of a key; empty for a counter that only other servers have. */
  public static Optional<TargetCounter> of(String key) {
    TargetCounter exact = BY_KEY.get(key);
    return exact != null
        ? Optional.of(exact)
        : Arrays.stream(values())
            .filter(counter -> counter.pattern != null && counter.pattern.matcher(key).matches())
            .findFirst();
  }

  /** Whether the counter of a key is a gauge; an unknown one counts as a total. */
  public static boolean isGauge(String key) {
    return of(key).filter(counter -> counter.kind == Kind.GAUGE).isPresent();
  }

  /** Whether {@code key} is one of this counter's. */
  public boolean matches(String key) {
    return of(key).filter(counter -> counter == this).isPresent();
  }
}
