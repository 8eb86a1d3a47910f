package dev.fanbench.reports;

import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.RunDirectory;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.RunSummary;
import dev.fanbench.reports.page.SitePage;
import dev.fanbench.reports.price.PriceList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A site of many runs. It has a report for each series, that is the runs of one revision and
 * workload on one day, and {@code index.html}, which lists all runs with links to them.
 */
final class Site {

  private Site() {}

  /**
   * Writes the site.
   *
   * @param runDirs run directories, in any order
   * @param siteDir where to write, created when missing
   * @return the index
   * @throws dev.fanbench.measurement.run.UnreadableRunException when a directory is no whole run
   * @throws IOException when the site cannot be written
   */
  static Path write(List<Path> runDirs, Path siteDir, PriceList prices) throws IOException {
    List<RunSummary> listed = new ArrayList<>();
    for (Map.Entry<String, List<Path>> series : series(runDirs).entrySet()) {
      List<RecordedRun> runs = new ArrayList<>();
      for (Path directory : series.getValue()) {
        RecordedRun run = RunReader.read(directory);
        runs.add(run);
        listed.add(RunSummary.of(run, series.getKey() + "/index.html"));
      }
      ReportWriter.write(ReportModel.of(runs, prices), siteDir.resolve(series.getKey()));
    }
    listed.sort(Comparator.comparing(each -> Instant.parse(each.run().startedAt())));
    Path index = siteDir.resolve("index.html");
    ReportWriter.whole(index, SitePage.of(listed));
    return index;
  }

  /** Directories by the name of their series, oldest first. */
  private static Map<String, List<Path>> series(List<Path> runDirs) throws IOException {
    record Started(Path directory, Run run) {}
    List<Started> runs = new ArrayList<>();
    for (Path directory : runDirs) {
      runs.add(new Started(directory, new RunDirectory(directory).read()));
    }
    runs.sort(Comparator.comparing(each -> Instant.parse(each.run().startedAt())));
    Map<String, List<Path>> series = new LinkedHashMap<>();
    for (Started each : runs) {
      series.computeIfAbsent(name(each.run()), unseen -> new ArrayList<>()).add(each.directory());
    }
    return series;
  }

  private static String name(Run run) {
    String day = run.startedAt().substring(0, 10);
    return (day + "-" + run.workload().name() + "-" + run.revision())
        .replaceAll("[^A-Za-z0-9._-]+", "-");
  }
}
