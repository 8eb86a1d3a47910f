package dev.fanbench.measurement.change;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.Arrival;
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
import dev.fanbench.measurement.workload.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A run of one phase whose parts a test chooses: its times, its counts and its surroundings. */
final class RunDraft {
  private final Phase phase;
  private final Map<Series, Long> undelivered = new EnumMap<>(Series.class);
  private List<Arrival> arrivals = new ArrayList<>();
  private long[] least = {};
  private DeliveryCount count = DeliveryCount.NONE;
  private Usage target;
  private String label = "netty";
  private String startedAt = "2026-11-20T21:00:00Z";
  private String experiment = "";
  private Workload workload;
  private Map<String, String> environment = Map.of("cpu", "one");
  private Validity.Verdict verdict = Validity.Verdict.VALID;

  /** A valid run that delivers all, and of which nothing is known about the CPU. */
  RunDraft(Phase phase) {
    this.phase = phase;
    workload = Phases.workload(phase);
  }

  RunDraft arrivals(Arrival... each) {
    arrivals = List.of(each);
    return this;
  }

  /** Arrivals that are delivered to all after these times. */
  RunDraft times(long... nanos) {
    arrivals = new ArrayList<>();
    for (int n = 0; n < nanos.length; n++) {
      arrivals.add(new Arrival(n, 0, 0, nanos[n], nanos[n], Math.max(1, phase.fanOut()), 0));
    }
    return this;
  }

  /** The load may have added all of these times but so much, in nanoseconds. */
  RunDraft least(long... nanos) {
    least = nanos;
    return this;
  }

  RunDraft undelivered(Series series, long samples) {
    undelivered.put(series, samples);
    return this;
  }

  RunDraft count(DeliveryCount other) {
    count = other;
    return this;
  }

  /** On-CPU time of the target for one delivery, of which there is one. */
  RunDraft cpu(long nanos) {
    target = new Usage(Map.of("loops", nanos), 0, 1, "schedstat", Map.of());
    return count(DeliveryCountBuilder.builder().sent(1).expected(1).delivered(1).build());
  }

  RunDraft label(String other) {
    label = other;
    return this;
  }

  /** Started at this minute, which names it too. */
  RunDraft minute(int minute) {
    startedAt = "2026-11-20T21:%02d:00Z".formatted(minute);
    return this;
  }

  RunDraft experiment(String name) {
    experiment = name;
    return this;
  }

  RunDraft workload(Workload other) {
    workload = other;
    return this;
  }

  RunDraft environment(Map<String, String> other) {
    environment = other;
    return this;
  }

  RunDraft judged(Validity.Verdict other) {
    verdict = other;
    return this;
  }

  RecordedRun run() {
    PhaseResult result =
        new PhaseResult(phase, 0, 1, phase.ratePerSecond(), count, Map.of(), target, null);
    Map<Series, RecordedSeries> series = new EnumMap<>(Series.class);
    for (Series each : Metric.series(phase.kind())) {
      Histogram histogram = new Histogram(1, 3_600_000_000_000L, 3);
      arrivals.stream()
          .filter(arrival -> arrival.delivered() > 0)
          .forEach(arrival -> histogram.recordValue(arrival.lastAtNanos()));
      long never = undelivered.getOrDefault(each, 0L);
      RecordedSeries measured =
          new RecordedSeries(each, histogram, never, arrivals.size(), List.of());
      Histogram perfect = new Histogram(histogram);
      Arrays.stream(least).forEach(perfect::recordValue);
      series.put(each, least.length == 0 ? measured : measured.atLeast(perfect));
    }
    Run run =
        new Run(
            Run.SCHEMA_VERSION,
            "run-" + startedAt,
            startedAt,
            startedAt,
            "0.1.0",
            "unknown",
            Phases.target(label),
            workload,
            environment,
            List.of(result),
            new Validity(
                verdict, verdict == Validity.Verdict.VALID ? List.of() : List.of("why"), List.of()),
            List.of(),
            experiment);
    return new RecordedRun(
        new RunDirectory(Path.of(run.id())),
        run,
        List.of(new RecordedPhase(result, series, arrivals)));
  }
}
