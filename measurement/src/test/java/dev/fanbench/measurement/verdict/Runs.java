package dev.fanbench.measurement.verdict;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.DeliveryCountBuilder;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RecordedSeries;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.RunDirectory;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.Phase;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Runs as tests want them: one phase that is fine, and what to change about it. */
final class Runs {

  static final long MILLI = 1_000_000;

  private final Phase phase;
  private final Map<Series, Histogram> histograms = new EnumMap<>(Series.class);
  private final Map<Series, Long> leastNanos = new EnumMap<>(Series.class);
  private final Map<Series, Long> undelivered = new EnumMap<>(Series.class);
  private double achieved;
  private DeliveryCount deliveryCount;
  private Usage target;
  private Usage load;

  /** All samples: response 10 ms, slip 0.1 ms; counts add up. */
  Runs(Phase phase) {
    this.phase = phase;
    achieved = phase.ratePerSecond();
    long deliveries = (long) phase.count() * Math.max(1, phase.fanOut());
    deliveryCount =
        DeliveryCountBuilder.builder()
            .sent(phase.count())
            .expected(deliveries)
            .delivered(deliveries)
            .build();
    for (Series series : Series.values()) {
      if (series.takenIn(phase)) {
        all(series, series.countsDeliveries() ? deliveries : phase.count(), 10 * MILLI);
      }
    }
    all(Series.SEND_DELAY, phase.count(), MILLI / 10);
    all(Series.HICCUP, 1_000, MILLI / 10);
  }

  /** Replaces a series by equal samples. */
  Runs all(Series series, long count, long nanos) {
    Histogram histogram = new Histogram(1, 3_600_000_000_000L, 3);
    if (count > 0) {
      histogram.recordValueWithCount(nanos, count);
    }
    histograms.put(series, histogram);
    return this;
  }

  /** Adds equal samples. */
  Runs more(Series series, long count, long nanos) {
    histograms.get(series).recordValueWithCount(nanos, count);
    return this;
  }

  /** A perfect load would have measured this in all samples of a series. */
  Runs least(Series series, long nanos) {
    leastNanos.put(series, nanos);
    return this;
  }

  Runs undelivered(Series series, long count) {
    undelivered.put(series, count);
    return this;
  }

  Runs achieved(double perSecond) {
    achieved = perSecond;
    return this;
  }

  Runs deliveryCount(DeliveryCount changed) {
    deliveryCount = changed;
    return this;
  }

  Runs usage(Usage ofTarget, Usage ofLoad) {
    target = ofTarget;
    load = ofLoad;
    return this;
  }

  RecordedPhase recorded() {
    PhaseResult result =
        new PhaseResult(phase, 0, 1, achieved, deliveryCount, Map.of(), target, load);
    Map<Series, RecordedSeries> series = new EnumMap<>(Series.class);
    histograms.forEach(
        (which, histogram) -> {
          long never = undelivered.getOrDefault(which, 0L);
          long independent =
              which.countsDeliveries() ? phase.count() : histogram.getTotalCount() + never;
          RecordedSeries each = new RecordedSeries(which, histogram, never, independent, List.of());
          series.put(which, leastNanos.containsKey(which) ? atLeast(each) : each);
        });
    return new RecordedPhase(result, series, List.of());
  }

  private RecordedSeries atLeast(RecordedSeries series) {
    Histogram least = new Histogram(1, 3_600_000_000_000L, 3);
    least.recordValueWithCount(leastNanos.get(series.series()), series.histogram().getTotalCount());
    return new RecordedSeries(
        series.series(),
        series.histogram(),
        series.undelivered(),
        series.independent(),
        series.intervals(),
        least,
        series.inOrder());
  }

  static RecordedRun run(Runs... phases) {
    Phase[] planned = Stream.of(phases).map(p -> p.phase).toArray(Phase[]::new);
    return run(planned, phases);
  }

  static RecordedRun run(Phase[] planned, Runs... phases) {
    List<RecordedPhase> recorded = Stream.of(phases).map(Runs::recorded).toList();
    Run run =
        new Run(
            Run.SCHEMA_VERSION,
            "id",
            "2026-11-20T21:30:00Z",
            "2026-11-20T21:31:00Z",
            "0.1.0",
            "unknown",
            Phases.target("netty"),
            Phases.workload(planned),
            Map.of(),
            recorded.stream().map(RecordedPhase::result).toList(),
            new Validity(Validity.Verdict.VALID, List.of(), List.of()),
            List.of(),
            "");
    return new RecordedRun(new RunDirectory(Path.of("id")), run, recorded);
  }
}
