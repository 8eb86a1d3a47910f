package dev.fanbench.protocol.launch;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The counters that targets have at their control URL, by name, each with its kind.
 *
 * <p>Units are last in the names. A {@code *} stands for what is known only at run time: an
 * operation, a command, a quota or a hop.
 */
public enum TargetCounter {
  HEAP_USED("heap.usedBytes", Kind.GAUGE),
  HEAP_COMMITTED("heap.committedBytes", Kind.GAUGE),
  DIRECT_USED("direct.usedBytes", Kind.GAUGE),
  GC_COUNT("gc.count", Kind.TOTAL),
  GC_MILLIS("gc.millis", Kind.TOTAL),

  CONNECTIONS_OPENED("connections.opened", Kind.TOTAL),
  CONNECTIONS_OPEN("connections.open", Kind.GAUGE),
  CONNECTIONS_REFUSED("connections.refused", Kind.TOTAL),
  FRAMES_RECEIVED("frames.received", Kind.TOTAL),
  FRAMES_MALFORMED("frames.malformed", Kind.TOTAL),
  FRAMES_REFUSED("frames.refused", Kind.TOTAL),
  FRAMES_UNMATCHED("frames.unmatched", Kind.TOTAL),
  DELIVERIES_SENT("deliveries.sent", Kind.TOTAL),
  REPLIES_SENT("replies.sent", Kind.TOTAL),
  WRITES_CALLS("writes.calls", Kind.TOTAL),
  WRITES_PARTIAL("writes.partial", Kind.TOTAL),
  PUBLICATIONS_DEFLATED("publications.deflated", Kind.TOTAL),
  DROPS_SLOW("drops.slow", Kind.TOTAL),
  SLOW_CONFLATED("slow.conflated", Kind.TOTAL),
  SLOW_DISCONNECTED("slow.disconnected", Kind.TOTAL),
  SLOW_BUFFERED("slow.bufferedBytes", Kind.GAUGE),
  SLOW_READS_PAUSED("slow.readsPaused", Kind.TOTAL),
  PINGS_SENT("pings.sent", Kind.TOTAL),
  PINGS_ANSWERED("pings.answered", Kind.TOTAL),
  PINGS_UNANSWERED("pings.unanswered", Kind.TOTAL),
  PINGS_RECEIVED("pings.received", Kind.TOTAL),
  ROOMS_FORGOTTEN("rooms.forgotten", Kind.TOTAL),
  ROOMS_UNLISTED("rooms.unlisted", Kind.TOTAL),
  HISTORY_FORGOTTEN("history.forgotten", Kind.TOTAL),
  LOOP_ALLOCATED("loop.allocated", Kind.TOTAL),

  POSTS_UNSIGNED("posts.unsigned", Kind.TOTAL),
  POSTS_GONE("posts.gone", Kind.TOTAL),
  DEFLATE_CONTEXT("deflate.contextBytes", Kind.GAUGE),
  INTEGRATIONS_IN_PROGRESS("integrations.inProgress", Kind.GAUGE),
  DISCONNECTS_LOST("faults.disconnectsLost", Kind.TOTAL),
  CONNECT_COUNT("apigateway.ConnectCount", Kind.TOTAL),
  MESSAGE_COUNT("apigateway.MessageCount", Kind.TOTAL),
  CLIENT_ERROR("apigateway.ClientError", Kind.TOTAL),
  INTEGRATION_ERROR("apigateway.IntegrationError", Kind.TOTAL),
  EXECUTION_ERROR("apigateway.ExecutionError", Kind.TOTAL),
  INTEGRATION_LATENCY("apigateway.IntegrationLatency", Kind.TOTAL),
  LAMBDA_IN_PROGRESS("lambda.inProgress", Kind.GAUGE),
  LAMBDA_WAITING("lambda.waiting", Kind.GAUGE),
  LAMBDA_THREADS_LEFT("lambda.threadsLeft", Kind.GAUGE),
  /** Environments created in the life of the target. */
  LAMBDA_ENVIRONMENTS("lambda.environments", Kind.GAUGE),
  LAMBDA_FAILURES("lambda.failures", Kind.TOTAL),
  LAMBDA_ABANDONED("lambda.abandoned", Kind.TOTAL),
  LAMBDA_CAP_REACHED("lambda.capReached", Kind.TOTAL),
  LAMBDA_QUEUE_FULL("lambda.queueFull", Kind.TOTAL),
  MODEL_DRAWS("model.*.draws", Kind.TOTAL),
  MODEL_OVERRUNS("model.*.overruns", Kind.TOTAL),
  MODEL_SMALLEST("model.*.smallestNanos", Kind.GAUGE),
  QUOTA_HITS("quota.*", Kind.TOTAL),

  METERED_MESSAGES("aws.messages", Kind.TOTAL),
  METERED_CONNECTIONS("aws.connectionMinutes", Kind.TOTAL),
  METERED_INVOCATIONS("aws.invocations", Kind.TOTAL),
  METERED_FUNCTIONS("aws.gbMillis", Kind.TOTAL),
  METERED_READS("aws.rru", Kind.TOTAL),
  METERED_WRITES("aws.wru", Kind.TOTAL),
  DYNAMODB_CALLS("dynamodb.*", Kind.TOTAL),
  REDIS_CPU("redis.cpuMicros", Kind.TOTAL),
  REDIS_USED("redis.usedBytes", Kind.GAUGE),
  REDIS_CALLS("redis.*", Kind.TOTAL);

  private static final Map<String, TargetCounter> BY_NAME =
      Arrays.stream(values())
          .filter(counter -> counter.pattern == null)
          .collect(Collectors.toUnmodifiableMap(counter -> counter.name, Function.identity()));

  private final String name;
  private final Kind kind;

  /** For a name with a part that is known only at run time; otherwise {@code null}. */
  private final Pattern pattern;

  /** The meaning of a counter for a phase. */
  public enum Kind {
    /** It only grows: the difference between the two edges of a phase is the phase's. */
    TOTAL,

    /** It goes up and down: its value at the end of a phase is stored. */
    GAUGE
  }

  TargetCounter(String name, Kind kind) {
    this.name = name;
    this.kind = kind;
    this.pattern =
        name.contains("*") ? Pattern.compile(name.replace(".", "\\.").replace("*", ".+")) : null;
  }

  /** The kind. */
  public Kind kind() {
    return kind;
  }

  /** The counter of that name, unless only a target of others has it. */
  public static Optional<TargetCounter> of(String name) {
    TargetCounter exact = BY_NAME.get(name);
    return exact != null
        ? Optional.of(exact)
        : Arrays.stream(values())
            .filter(counter -> counter.pattern != null && counter.pattern.matcher(name).matches())
            .findFirst();
  }

  /** Whether the counter of that name is a gauge; one of a target of others counts as a total. */
  public static boolean isGauge(String name) {
    return of(name).filter(counter -> counter.kind == Kind.GAUGE).isPresent();
  }
}
