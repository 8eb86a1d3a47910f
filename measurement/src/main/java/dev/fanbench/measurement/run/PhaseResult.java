package dev.fanbench.measurement.run;

import dev.fanbench.measurement.workload.Phase;
import java.util.Map;

/**
 * What one phase showed, but for its histograms, which are in {@code latency.hlog}.
 *
 * @param phase as offered
 * @param startNanos intended time of its first arrival, since the run's epoch
 * @param endNanos when the phase was closed (all accounted, or the drain deadline)
 * @param achievedPerSecond arrivals per second really sent: offered rate × sent ÷ arrivals ×
 *     planned span ÷ real span, where a span ends one mean gap after the last arrival
 * @param books where every delivery went
 * @param undelivered per series label, samples that never happened and rank as infinite
 * @param target what the target used; null for a remote target
 * @param load what the load's own process used
 */
public record PhaseResult(
    Phase phase,
    long startNanos,
    long endNanos,
    double achievedPerSecond,
    Books books,
    Map<String, Long> undelivered,
    Usage target,
    Usage load) {

  public PhaseResult {
    undelivered = InOrder.copyOf(undelivered);
  }

  /**
   * On-CPU nanoseconds of the target per copy it delivered (subscribers' and other publishers'), or
   * NaN when unknown.
   */
  public double cpuNanosPerDelivery() {
    long copies = books.delivered() + books.duplicates() + books.otherCopies();
    return target == null || copies == 0 ? Double.NaN : (double) target.cpuNanos() / copies;
  }
}
