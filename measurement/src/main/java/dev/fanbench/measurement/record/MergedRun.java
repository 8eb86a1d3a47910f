package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.ArrivalSchema;
import dev.fanbench.measurement.run.ArrivalTable;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.FailureInterval;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.RunDirectory;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.verdict.Slo;
import dev.fanbench.measurement.verdict.ValidityCheck;
import dev.fanbench.measurement.workload.Phase;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Several load processes as one run. Each had rooms and publishers of its own, or they were shards
 * of one workload. Either way a publication is timed in one part only, and a merge only adds.
 * Histograms and counts are added, publications stand together in the order of their intended
 * times, and thresholds are checked anew. Nothing is averaged.
 */
public final class MergedRun {

  private final ShardSet parts;
  private final RunDirectory directory;

  private MergedRun(ShardSet parts, RunDirectory directory) {
    this.parts = parts;
    this.directory = directory;
  }

  /**
   * Writes the run that these are parts of.
   *
   * @param directory where to; made, and must not be there
   * @throws IllegalArgumentException when the runs do not belong together, or the directory is
   *     there; its message is a sentence for the user
   */
  public static Run write(List<RecordedRun> runs, Path directory) throws IOException {
    ShardSet parts = ShardSet.of(runs);
    if (Files.exists(directory)) {
      throw new IllegalArgumentException(directory + " is there already; a merge makes its own.");
    }
    Files.createDirectories(directory);
    return new MergedRun(parts, new RunDirectory(directory)).write();
  }

  private Run write() throws IOException {
    writeIntervals();
    writePublications();
    RecordedRun merged = RunReader.read(directory, run(List.of()));
    List<Slo> slos =
        each(Run::slos).stream()
            .flatMap(List::stream)
            .map(MergedRun::threshold)
            .distinct()
            .toList();
    Run run = run(Slo.checkAll(slos, merged));
    directory.write(run);
    return run;
  }

  private static Slo threshold(SloVerdict verdict) {
    Slo slo = Slo.parse(verdict.expression());
    return verdict.gate() ? slo : slo.asQuestion();
  }

  /** In the order of their times; each log is in that order already. */
  private void writeIntervals() throws IOException {
    long epochMillis = Instant.parse(first().startedAt()).toEpochMilli();
    List<ShardLog> logs = new ArrayList<>();
    try (IntervalLog out = new IntervalLog(directory.latencyLog(), epochMillis)) {
      for (RecordedRun run : parts.runs()) {
        List<RecordedPhase> ended = run.phases().subList(0, parts.phases().size());
        logs.add(ShardLog.open(run.directory(), ended, parts.shiftNanos(run)));
      }
      for (ShardLog next = earliest(logs); !next.ended(); next = earliest(logs)) {
        next.writeTo(out);
      }
    } finally {
      for (ShardLog log : logs) {
        log.close();
      }
    }
  }

  private static ShardLog earliest(List<ShardLog> logs) {
    return Collections.min(logs, Comparator.comparingLong(ShardLog::startNanos));
  }

  private void writePublications() throws IOException {
    ArrivalSchema.write(directory);
    try (BufferedWriter out = Files.newBufferedWriter(directory.publications())) {
      out.write(ArrivalTable.HEADER + "\n");
      for (int phase : parts.phases()) {
        List<Arrival> arrivals = new ArrayList<>();
        for (RecordedRun run : parts.runs()) {
          long shift = parts.shiftNanos(run);
          run.phases()
              .get(phase)
              .arrivals()
              .forEach(a -> arrivals.add(a.later(shift).numbered(parts.place(run, a))));
        }
        arrivals.sort(
            Comparator.comparingInt(Arrival::n).thenComparingLong(Arrival::intendedAtNanos));
        String name = parts.runs().get(0).phases().get(phase).result().recordedAs();
        for (int n = 0; n < arrivals.size(); n++) {
          out.write(ArrivalTable.row(name, arrivals.get(n).numbered(n)) + "\n");
        }
      }
    }
  }

  private Run run(List<SloVerdict> slos) {
    return new Run(
        Run.SCHEMA_VERSION,
        directory.path().toAbsolutePath().normalize().getFileName().toString(),
        first().startedAt(),
        each(Run::finishedAt).stream().max(Comparator.comparing(Instant::parse)).orElseThrow(),
        first().fanbenchVersion(),
        first().revision(),
        first().target(),
        parts.workload(),
        environment(),
        parts.phases().stream().map(this::phase).toList(),
        validity(),
        slos,
        "",
        null,
        parts.shared() ? parts.runs().size() : 1);
  }

  private PhaseResult phase(int place) {
    List<PhaseResult> results =
        parts.runs().stream().map(r -> r.phases().get(place).result()).toList();
    Phase phase = parts.phase(place);
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    double achieved = 0;
    DeliveryCount deliveryCount = DeliveryCount.NONE;
    Map<String, Long> undelivered = new HashMap<>();
    List<FailureInterval> failures = new ArrayList<>();
    for (int part = 0; part < results.size(); part++) {
      PhaseResult result = results.get(part);
      long shift = parts.shiftNanos(parts.runs().get(part));
      start = Math.min(start, shift + result.startNanos());
      end = Math.max(end, shift + result.endNanos());
      achieved += result.achievedPerSecond();
      deliveryCount = deliveryCount.plus(result.deliveryCount());
      result.failures().forEach(each -> failures.add(each.shifted(shift)));
      result.undelivered().forEach((series, count) -> undelivered.merge(series, count, Long::sum));
    }
    Usage target =
        results.stream().map(PhaseResult::target).filter(Objects::nonNull).findFirst().orElse(null);
    return new PhaseResult(
        phase,
        1,
        List.of(),
        start,
        end,
        achieved,
        deliveryCount,
        undelivered,
        parts.shared() ? target : null,
        null,
        List.of(),
        Map.of(),
        failures);
  }

  private Validity validity() {
    Validity.Verdict worst =
        each(r -> r.validity().verdict()).stream().max(Comparator.naturalOrder()).orElseThrow();
    List<String> reasons = new ArrayList<>();
    List<String> warnings = new ArrayList<>(parts.warnings());
    for (RecordedRun run : parts.runs()) {
      String part = "part " + run.run().id() + ": ";
      run.run().validity().reasons().forEach(reason -> reasons.add(part + reason));
      run.run().validity().warnings().forEach(warning -> warnings.add(part + warning));
    }
    for (PhaseResult phase : parts.phases().stream().map(this::phase).toList()) {
      if (phase.counts() && !phase.deliveryCount().balance()) {
        reasons.add("phase %s: %s".formatted(phase.phase().name(), ValidityCheck.imbalance(phase)));
        worst = worst == Validity.Verdict.VALID ? Validity.Verdict.INVALID : worst;
      }
    }
    return new Validity(worst, reasons, warnings);
  }

  /**
   * The environment that the parts' machines share, and each part's own value where they differ.
   */
  private Map<String, String> environment() {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (RecordedRun run : parts.runs()) {
      run.run()
          .environment()
          .forEach(
              (key, value) ->
                  values.computeIfAbsent(key, unseen -> new LinkedHashSet<>()).add(value));
    }
    Map<String, String> environment = new LinkedHashMap<>();
    values.forEach((key, each) -> environment.put(key, String.join(" and ", each)));
    environment.put(
        "load processes", parts.runs().size() + ": " + String.join(", ", each(Run::id)));
    return environment;
  }

  private Run first() {
    return parts.runs().get(0).run();
  }

  private <T> List<T> each(Function<Run, T> value) {
    return parts.runs().stream().map(r -> value.apply(r.run())).toList();
  }
}
