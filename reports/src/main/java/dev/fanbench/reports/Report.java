package dev.fanbench.reports;

import dev.fanbench.reports.export.ConsoleSummary;
import dev.fanbench.reports.model.ReportModel;
import java.nio.file.Path;

/**
 * A report that was written.
 *
 * @param comparison what it says
 * @param page the HTML page
 * @param summary the same figures as JSON
 * @param junit verdicts as JUnit XML
 */
public record Report(ReportModel comparison, Path page, Path summary, Path junit) {

  static Report in(Path siteDir, ReportModel comparison) {
    return new Report(
        comparison,
        siteDir.resolve("index.html"),
        siteDir.resolve("summary.json"),
        siteDir.resolve("junit.xml"));
  }

  /** Text for the console at the end of a run: plain text that ends with a line break. */
  public String consoleText() {
    return ConsoleSummary.of(comparison, page);
  }
}
