package dev.fanbench.measurement.run;

/**
 * The results of one block of a phase: arrivals that followed one another, before the next target
 * had its turn.
 *
 * @param first index of its first arrival
 * @param count how many arrivals it has
 * @param startNanos intended time of its first arrival, since the run's epoch
 * @param endNanos when it was closed
 * @param copies deliveries to subscribers and others that came in it
 * @param target usage of the target; null when unknown
 * @param load usage of the load's own process; null when unknown
 */
public record BlockResult(
    int first, int count, long startNanos, long endNanos, long copies, Usage target, Usage load) {

  /**
   * On-CPU nanoseconds of the target, its compilers left out, per copy it delivered, or NaN when
   * unknown.
   */
  public double cpuNanosPerDelivery() {
    return target == null || copies == 0 ? Double.NaN : (double) target.steadyCpuNanos() / copies;
  }
}
