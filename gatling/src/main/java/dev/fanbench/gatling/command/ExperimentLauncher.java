package dev.fanbench.gatling.command;

import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.measurement.change.Metric;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.reports.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts runs in processes of their own and reads their results, for {@code ab} and {@code search}.
 */
final class ExperimentLauncher {

  /** Settings for one run of each target: no floor, and no second run with a model's latencies. */
  static final SettingList ONE_RUN =
      new SettingList(Map.of(OptionCatalog.FLOOR.key(), "off", OptionCatalog.MODEL.key(), "none"));

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private ExperimentLauncher() {}

  /** Makes {@code reports/<kind>/<utc>} below the folder for results. */
  static Path directory(Path home, String kind) throws IOException {
    String now = UTC.format(Instant.now(Clock.systemUTC()));
    return Files.createDirectories(
        WorkFolder.results(home).resolve("reports").resolve(kind).resolve(now));
  }

  /**
   * Measures once.
   *
   * @param folders where the run directories go
   * @return the runs that came of it, floors included
   * @throws IOException when no run came of it; the message ends with the last words
   */
  static List<RecordedRun> measure(
      LoadProcess load, Path home, Scenario scenario, SettingList settings, List<Path> folders)
      throws IOException, InterruptedException {
    Set<Path> before = Set.copyOf(children(folders));
    int exitCode = load.run(home, scenario, settings);
    List<RecordedRun> runs = new ArrayList<>();
    for (Path child : children(folders)) {
      if (!before.contains(child)) {
        runs.add(RunReader.read(child));
      }
    }
    if (runs.isEmpty()) {
      throw new IOException(
          load.lastLines().stream()
              .collect(
                  Collectors.joining(
                      "\n", "a run ended with exit code " + exitCode + ". It said:\n", "")));
    }
    return runs;
  }

  /** A run in one line: its target, whether to believe it, and its headline. */
  static String told(RecordedRun run) {
    String headline =
        run.measured().stream()
            .max(Comparator.comparing(RecordedPhase::phase, Metric.BY_WEIGHT))
            .map(ExperimentLauncher::headline)
            .orElse("");
    return run.run().target().label() + ": " + run.run().validity().verdict() + headline;
  }

  private static String headline(RecordedPhase phase) {
    Metric.Latency metric = Metric.headline(phase.phase());
    String value =
        phase.series(metric.series()).orElseThrow().percentiles().at(metric.rank()).text();
    return ", " + metric.expression() + " " + value;
  }

  private static List<Path> children(List<Path> folders) throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> children = Files.list(folder)) {
        all.addAll(children.sorted().toList());
      }
    }
    return all;
  }
}
