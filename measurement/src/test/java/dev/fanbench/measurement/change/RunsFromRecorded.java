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
import dev.fanbench.measurement.run.Turn;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;

/**
 * Runs as a recorded one might have come out another time: its times to last delivery drawn with
 * replacement, and every run a little faster or slower as a whole. Seeded.
 */
final class RunsFromRecorded {

  private final long[] recorded;
  private final Phase phase;
  private final Random random;
  private int started;

  /** How much runs differ as a whole: the standard deviation of the logarithm. */
  private final double runSpread;

  RunsFromRecorded(String resource, Phase phase, double runSpread, long seed) {
    this.recorded = read(resource);
    this.phase = phase;
    this.runSpread = runSpread;
    this.random = new Random(seed);
  }

  /** One side, every time multiplied by {@code slowdown}. */
  ComparedSide side(String name, int runs, double slowdown) {
    List<RecordedRun> side = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      side.add(run(slowdown * Math.exp(runSpread * random.nextGaussian()), 0));
    }
    return new ComparedSide(name, side);
  }

  /**
   * Two sides that took turns on a machine that drifts.
   *
   * @param drift the factor of all times of both runs in each turn
   */
  List<ComparedSide> turns(double[] drift, double slowdown) {
    List<RecordedRun> base = new ArrayList<>();
    List<RecordedRun> now = new ArrayList<>();
    for (double factor : drift) {
      base.add(run(factor * Math.exp(runSpread * random.nextGaussian()), 0));
      now.add(run(slowdown * factor * Math.exp(runSpread * random.nextGaussian()), 0));
    }
    return List.of(inTurn("base", base, List.of()), inTurn("new", now, List.of()));
  }

  /** A side whose runs are the turns of a series, from the first on. */
  static ComparedSide inTurn(String name, List<RecordedRun> runs, List<RecordedRun> floors) {
    Map<String, Turn> turns = new HashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      turns.put(runs.get(i).run().id(), new Turn("series", i + 1, !floors.isEmpty()));
    }
    return new ComparedSide(name, runs, turns, floors);
  }

  /** A run whose times are multiplied, and which lost one delivery of each of its first so many. */
  RecordedRun run(double factor, int undelivered) {
    Histogram histogram = new Histogram(1, 3_600_000_000_000L, 3);
    List<Arrival> arrivals = new ArrayList<>();
    for (int n = 0; n < phase.count(); n++) {
      long nanos = Math.round(factor * recorded[random.nextInt(recorded.length)]);
      int missing = n < undelivered ? 1 : 0;
      arrivals.add(new Arrival(n, 0, 0, nanos, nanos, phase.fanOut() - missing, missing));
      if (missing == 0) {
        histogram.recordValue(nanos);
      }
    }
    return run(histogram, arrivals, undelivered);
  }

  private RecordedRun run(Histogram histogram, List<Arrival> arrivals, int undelivered) {
    long deliveries = (long) phase.count() * phase.fanOut();
    DeliveryCount deliveryCount =
        DeliveryCountBuilder.builder()
            .sent(phase.count())
            .expected(deliveries)
            .delivered(deliveries - undelivered)
            .missing(undelivered)
            .build();
    Usage used = new Usage(Map.of("loops", 5_000 * deliveries), 0, 1, "schedstat", Map.of());
    PhaseResult result =
        new PhaseResult(phase, 0, 1, phase.ratePerSecond(), deliveryCount, Map.of(), used, used);
    RecordedSeries series =
        new RecordedSeries(Series.LAST_DELIVERY, histogram, undelivered, phase.count(), List.of());
    return of(new RecordedPhase(result, Map.of(Series.LAST_DELIVERY, series), arrivals));
  }

  private RecordedRun of(RecordedPhase recordedPhase) {
    String at = "2026-11-20T21:%02d:00Z".formatted(started++ % 60);
    Run run =
        new Run(
            Run.SCHEMA_VERSION,
            "run-" + started,
            at,
            at,
            "0.1.0",
            "unknown",
            Phases.target("netty"),
            Phases.workload(phase),
            Map.of("cpu", "one"),
            List.of(recordedPhase.result()),
            new Validity(Validity.Verdict.VALID, List.of(), List.of()),
            List.of(),
            "");
    return new RecordedRun(new RunDirectory(Path.of(run.id())), run, List.of(recordedPhase));
  }

  private static long[] read(String resource) {
    try (InputStream in = RunsFromRecorded.class.getResourceAsStream("/change/" + resource)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .mapToLong(Long::parseLong)
          .toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
