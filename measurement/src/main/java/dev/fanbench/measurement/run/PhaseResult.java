package dev.fanbench.measurement.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fanbench.measurement.workload.Phase;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The results of one phase. Its histograms are in {@code latency.hlog}.
 *
 * @param phase as offered
 * @param attempt 1; runs of November 2026 measured a phase again, and then it counts up
 * @param spoiled stalls of the load for which such a run measured the phase again; empty for the
 *     attempt that counts
 * @param startNanos intended time of its first arrival, since the run's epoch
 * @param endNanos when the phase was closed (all accounted, or the drain deadline)
 * @param achievedPerSecond arrivals per second really sent: offered rate × sent ÷ arrivals ×
 *     planned span ÷ real span, where a span ends one mean gap after the last arrival
 * @param deliveryCount counts of its deliveries
 * @param undelivered per series label, samples that never happened and rank as infinite
 * @param target usage of the target; null for a remote target
 * @param load usage of the load's own process
 * @param blocks results of its blocks, in order; runs of November 2026 have none
 * @param examples the first frame of each kind that is no delivery, by {@link #OTHER} and {@link
 *     #REFUSED}
 * @param failures lost connections and refusals by time, with their kind, and in front of the phase
 *     the refused connects and joins; runs before December 2026 have none
 */
public record PhaseResult(
    Phase phase,
    int attempt,
    List<String> spoiled,
    long startNanos,
    long endNanos,
    double achievedPerSecond,
    @JsonProperty("books") DeliveryCount deliveryCount,
    Map<String, Long> undelivered,
    Usage target,
    Usage load,
    List<BlockResult> blocks,
    Map<String, String> examples,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FailureInterval> failures) {

  /** Kind of a frame without a stamp. */
  public static final String OTHER = "other";

  /** Kind of an answer by which the target declined a publication. */
  public static final String REFUSED = "refused";

  /**
   * Kind of a failure before a phase: a connect or a join that the target refused while the rooms
   * were filled, and that was tried again.
   */
  public static final String REFUSED_JOIN = "refusedJoin";

  /** Key of an example: the most frequent way in which connections were lost. */
  public static final String LOST = "lost";

  public PhaseResult {
    blocks = blocks == null ? List.of() : List.copyOf(blocks);
    attempt = Math.max(1, attempt); // directories older than repeats have none
    spoiled = spoiled == null ? List.of() : List.copyOf(spoiled);
    undelivered = OrderedCopy.copyOf(undelivered);
    examples = examples == null ? Map.of() : OrderedCopy.copyOf(examples);
    failures = failures == null ? List.of() : List.copyOf(failures);
  }

  /**
   * Counter of the load: connects and joins that the target refused while the rooms were filled,
   * and that were tried again.
   */
  public static final String REFUSED_JOINS = "load.refusedJoins";

  /** Counter of the load: bytes that it received in a phase, without those of TCP, IP and TLS. */
  public static final String RECEIVED_BYTES = "load.receivedBytes";

  /**
   * Counter of the load, for fan-out to a target of several nodes: deliveries whose publisher was
   * connected to another node.
   */
  public static final String OTHER_NODE_DELIVERIES = "load.otherNodeDeliveries";

  /** Counter of the load: its event loops that read the deliveries of this target. */
  public static final String LOOPS = "load.loops";

  /**
   * Counter of the load in a duet: blocks whose arrivals alternated with those of the other target.
   * The load's CPU is that for both then.
   */
  public static final String ALTERNATED = "load.alternated";

  /** A phase without blocks and failures. */
  public PhaseResult(
      Phase phase,
      long startNanos,
      long endNanos,
      double achievedPerSecond,
      DeliveryCount deliveryCount,
      Map<String, Long> undelivered,
      Usage target,
      Usage load) {
    this(
        phase,
        1,
        List.of(),
        startNanos,
        endNanos,
        achievedPerSecond,
        deliveryCount,
        undelivered,
        target,
        load,
        List.of(),
        Map.of(),
        List.of());
  }

  /** The start of its tags in {@code latency.hlog} and of its rows in {@code publications.csv}. */
  public String recordedAs() {
    return attempt == 1 ? phase.name() : phase.name() + "#" + attempt;
  }

  /** Whether reports and verdicts look at it: no warm-up, and not spoiled. */
  public boolean counts() {
    return !phase.warmUp() && spoiled.isEmpty();
  }

  /** Blocks whose arrivals alternated with those of the other target of a duet. */
  public int alternatedBlocks() {
    return load == null ? 0 : load.counters().getOrDefault(ALTERNATED, 0.0).intValue();
  }

  /**
   * On-CPU nanoseconds of the target, its compilers left out, per copy it delivered (subscribers'
   * and other publishers'), or NaN when unknown.
   */
  public double cpuNanosPerDelivery() {
    long copies = copies();
    return target == null || copies == 0 ? Double.NaN : (double) target.steadyCpuNanos() / copies;
  }

  /** Bytes that the load received per copy, or empty where they were not counted. */
  public OptionalDouble receivedBytesPerDelivery() {
    double bytes = load == null ? 0 : load.counters().getOrDefault(RECEIVED_BYTES, 0.0);
    return bytes == 0 || copies() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(bytes / copies());
  }

  private long copies() {
    return deliveryCount.delivered() + deliveryCount.duplicates() + deliveryCount.otherCopies();
  }
}
