package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * The distance between fast and slow subscribers of a phase, each by the median of its own response
 * times.
 *
 * @param entry the run
 * @param subscribers those that have a median
 * @param fastNanos a median that a tenth of them do not exceed
 * @param slowNanos a median that a tenth of them reach
 */
public record SubscriberSpread(
    ReportedRun entry, long subscribers, long fastNanos, long slowNanos) {

  /** One for each run that has them. */
  public static List<SubscriberSpread> in(PhaseComparison phase) {
    return phase.results().stream().flatMap(result -> of(result).stream()).toList();
  }

  private static Optional<SubscriberSpread> of(PhaseComparison.Result result) {
    return result
        .recorded()
        .series(Series.SUBSCRIBER_P50)
        .map(
            medians -> {
              Histogram histogram = medians.histogram();
              return new SubscriberSpread(
                  result.entry(),
                  histogram.getTotalCount(),
                  histogram.getValueAtPercentile(10),
                  histogram.getValueAtPercentile(90));
            });
  }

  /** As a sentence. */
  public String text() {
    return "%s: of %s subscribers, a tenth have a p50 of up to %s, and a tenth of %s or more (%s×)."
        .formatted(
            entry.nameWithVerdict(),
            UnitFormat.count(subscribers),
            UnitFormat.time(fastNanos),
            UnitFormat.time(slowNanos),
            String.format(Locale.ROOT, "%.3g", (double) slowNanos / Math.max(1, fastNanos)));
  }
}
