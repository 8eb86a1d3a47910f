package dev.fanbench.reports.chart;

import dev.fanbench.measurement.run.Percentile;
import java.util.EnumMap;
import java.util.Map;

/** The percentiles that have a mark on a curve. */
final class PercentileMark {
  /** Their places on an axis of nines, where 99 % is at 2. */
  static final Map<Percentile, Double> NINES =
      new EnumMap<>(
          Map.of(
              Percentile.P50,
              Math.log10(2),
              Percentile.P90,
              1.0,
              Percentile.P99,
              2.0,
              Percentile.P99_9,
              3.0));

  private PercentileMark() {}
}
