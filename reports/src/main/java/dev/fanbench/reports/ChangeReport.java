package dev.fanbench.reports;

import dev.fanbench.measurement.change.RunComparison;
import dev.fanbench.measurement.change.Verdict;
import dev.fanbench.reports.export.ChangeJson;
import dev.fanbench.reports.export.ChangeJunit;
import dev.fanbench.reports.export.ChangeText;
import dev.fanbench.reports.page.ChangePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A comparison of two sides, written for people and machines.
 *
 * @param changes what it says
 * @param page the same with curves, for a browser
 * @param markdown the same for a pull request
 * @param json the same for scripts
 * @param junit a test case for each target, which fails when it is slower
 */
public record ChangeReport(RunComparison changes, Path page, Path markdown, Path json, Path junit) {

  /** Exit code when nothing is slower. */
  public static final int FINE = 0;

  /** Exit code when a target could not be judged: too few runs, or not comparable. */
  public static final int UNJUDGED = 98;

  /** Exit code when an interval is too wide to exclude a change. */
  public static final int UNDECIDED = 97;

  /** Exit code when a target is slower or less correct. */
  public static final int SLOWER = 99;

  /**
   * Writes {@code compare.html}, {@code compare.md}, {@code compare.json} and {@code compare.xml},
   * each whole or not at all.
   *
   * @param directory where to, created when missing
   */
  public static ChangeReport write(RunComparison changes, Path directory) throws IOException {
    Files.createDirectories(directory);
    ChangeReport report =
        new ChangeReport(
            changes,
            directory.resolve("compare.html"),
            directory.resolve("compare.md"),
            directory.resolve("compare.json"),
            directory.resolve("compare.xml"));
    ReportWriter.whole(report.page, ChangePage.of(changes));
    ReportWriter.whole(report.markdown, ChangeText.markdown(changes));
    ReportWriter.whole(report.json, ChangeJson.of(changes));
    ReportWriter.whole(report.junit, ChangeJunit.of(changes));
    return report;
  }

  /** Text for the console: plain text that ends with a line break. */
  public String consoleText() {
    return ChangeText.console(changes) + "\nReport: " + page + "\n";
  }

  /** The worst of all targets: 99, 98, 97 or 0. */
  public int exitCode() {
    if (changes.any(Verdict::fails)) {
      return SLOWER;
    }
    if (!changes.judged()) {
      return UNJUDGED;
    }
    return changes.any(verdict -> verdict == Verdict.UNDECIDED) ? UNDECIDED : FINE;
  }
}
