package dev.fanbench.reports.export;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileInterval;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.reports.model.PhaseComparison;

/**
 * A time in a JSON file.
 *
 * @param nanos null when there is none, as the text explains
 * @param text as the page shows it
 * @param lowNanos the lower end of the interval that holds the true time
 * @param highNanos its upper end; null when there is none
 */
record TimeJson(Long nanos, String text, long lowNanos, Long highNanos) {

  static TimeJson of(PercentileValue value) {
    PercentileInterval interval = value.interval();
    return new TimeJson(
        value instanceof PercentileValue.Time time ? time.nanos() : null,
        value.text(),
        interval.lowNanos(),
        interval.highNanos() == PercentileInterval.NONE ? null : interval.highNanos());
  }

  static TimeJson of(PhaseComparison.Row row, Percentile rank) {
    return of(row.distribution().at(rank));
  }

  /** JSON has no infinity: a ratio without a finite value is null. */
  static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
