package dev.fanbench.measurement.verdict;

import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A threshold on what the target did.
 *
 * <pre>
 * p99.lastDelivery&lt;250ms          in every fan-out phase
 * p99.chat&lt;=10ms                  response time of the chat phase
 * p50.lastDelivery&lt;20ms@fanout-1000
 * missing==0                      over the whole run
 * faults==0                       missing, unsent, twice, unexpected, or a lost connection
 * </pre>
 *
 * A percentile is known as a range. A threshold above the range is held, one below it is missed,
 * and one inside it is undecided.
 */
public sealed interface Slo permits LatencySlo, CountSlo {

  /** As it was asked. */
  String expression();

  /** True when missing it fails the run; false for a question the page answers. */
  boolean gate();

  /** True for a threshold on a count, which is certain whatever the load's own stalls did. */
  boolean isCount();

  /** Whether a single fault of the target fails the run by it. */
  boolean failsOnEachFault();

  /** The same threshold as a question. */
  Slo asQuestion();

  /** The limit it sets to a series of a phase, in nanoseconds; empty when it speaks of another. */
  OptionalLong limitNanos(Phase phase, Series series);

  /** Arrivals a phase must have before it can be judged by this; 1 for a count. */
  long samplesNeeded();

  /** Judges a run: a verdict for each phase it speaks of, at least one. */
  List<SloVerdict> check(RecordedRun run);

  /** Whether a workload has a measured phase that it speaks of, long enough or not. */
  boolean speaksOf(Workload workload);

  /**
   * Checks that a workload can answer it, before anything is sent. A gate needs samples enough in
   * each phase that it speaks of, and a question in one of them.
   *
   * @throws IllegalArgumentException when it names a phase, or needs a kind of phase or a number of
   *     samples, that the workload has not; the message says what is allowed
   */
  void requireAnswerableBy(Workload workload);

  /**
   * Reads one threshold.
   *
   * @throws IllegalArgumentException when it is none; the message says what is allowed
   */
  static Slo parse(String expression) {
    return SloParser.parse(expression);
  }

  /** Reads thresholds with commas between them; blank text has none. */
  static List<Slo> parseAll(String expressions) {
    List<Slo> slos = new ArrayList<>();
    for (String each : expressions.split(",", -1)) {
      if (!expressions.isBlank()) {
        slos.add(parse(each));
      }
    }
    return List.copyOf(slos);
  }

  /** Judges a run by all of them, in order. */
  static List<SloVerdict> checkAll(List<Slo> slos, RecordedRun run) {
    return slos.stream().flatMap(slo -> slo.check(run).stream()).toList();
  }
}
