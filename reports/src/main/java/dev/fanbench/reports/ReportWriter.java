package dev.fanbench.reports;

import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.search.SearchResult;
import dev.fanbench.reports.export.JunitXml;
import dev.fanbench.reports.export.SearchJson;
import dev.fanbench.reports.export.SearchText;
import dev.fanbench.reports.export.SummaryJson;
import dev.fanbench.reports.jmh.JmhFile;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.page.HtmlPage;
import dev.fanbench.reports.price.PriceList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Writes the report of some runs. Thread-safe, as long as sites differ. */
public final class ReportWriter {

  private ReportWriter() {}

  /**
   * Reads runs, compares them and writes {@code index.html}, {@code summary.json} and {@code
   * junit.xml}. Each file appears whole or not at all.
   *
   * @param runDirs run directories, in the order of the report; floors are moved to the end
   * @param siteDir where to write, created when missing
   * @return what was said and where it is
   * @throws dev.fanbench.measurement.run.UnreadableRunException when a directory is no whole run;
   *     its message is one sentence fit for a user
   * @throws IOException when the site cannot be written
   * @throws IllegalArgumentException when there is no run
   */
  public static Report write(List<Path> runDirs, Path siteDir) throws IOException {
    return write(compare(runDirs), siteDir);
  }

  /** As {@link #write(List, Path)}, with prices and results of microbenchmarks that are at hand. */
  public static Report write(List<Path> runDirs, Path siteDir, PriceList prices, List<JmhFile> jmh)
      throws IOException {
    Report report = write(compare(runDirs, prices), siteDir);
    whole(report.page(), HtmlPage.of(report.comparison(), List.of(), jmh));
    return report;
  }

  /** Reads runs and compares them, at the shipped prices. */
  static ReportModel compare(List<Path> runDirs) throws IOException {
    return compare(runDirs, PriceList.shipped());
  }

  private static ReportModel compare(List<Path> runDirs, PriceList prices) throws IOException {
    List<RecordedRun> runs = new ArrayList<>();
    for (Path directory : runDirs) {
      runs.add(RunReader.read(directory));
    }
    return ReportModel.of(runs, prices);
  }

  /**
   * Writes the report of searches: the runs that confirmed their answers, with every step on the
   * page, and {@code search.md} and {@code search.json} beside it.
   *
   * @param confirming run directories; of the last step of each search, where nothing was confirmed
   * @throws IllegalArgumentException when there is no run
   */
  public static Report write(List<SearchResult> searches, List<Path> confirming, Path siteDir)
      throws IOException {
    Report report = write(confirming, siteDir);
    whole(report.page(), HtmlPage.of(report.comparison(), searches, List.of()));
    whole(siteDir.resolve("search.md"), SearchText.markdown(searches));
    whole(siteDir.resolve("search.json"), SearchJson.of(searches));
    return report;
  }

  /** Writes a comparison that is at hand. */
  static Report write(ReportModel comparison, Path siteDir) throws IOException {
    Files.createDirectories(siteDir);
    Report report = Report.in(siteDir, comparison);
    whole(report.summary(), SummaryJson.of(comparison));
    whole(report.junit(), JunitXml.of(comparison));
    whole(report.page(), HtmlPage.of(comparison));
    return report;
  }

  /** Writes a file that appears whole or not at all. */
  static void whole(Path file, String content) throws IOException {
    Path half = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(half, content);
    Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
