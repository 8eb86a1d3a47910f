package dev.fanbench.measurement.calibration;

import dev.fanbench.measurement.run.UnitFormat;

/**
 * Time of one hop, or of several together.
 *
 * @param p50Nanos median
 * @param p99Nanos 99th percentile
 */
public record HopTime(double p50Nanos, double p99Nanos) {

  /** {@code p50 10 ms, p99 60 ms}. */
  @Override
  public String toString() {
    return "p50 " + UnitFormat.time(p50Nanos) + ", p99 " + UnitFormat.time(p99Nanos);
  }
}
