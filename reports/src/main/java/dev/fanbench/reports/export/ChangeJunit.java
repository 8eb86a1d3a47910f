package dev.fanbench.reports.export;

import dev.fanbench.measurement.change.Change;
import dev.fanbench.measurement.change.RunComparison;
import dev.fanbench.measurement.change.TargetChange;
import dev.fanbench.measurement.change.Verdict;
import dev.fanbench.reports.markup.Markup;

/**
 * {@code compare.xml}: one test case for each target. Slower is a failure, what could not be judged
 * an error.
 */
public final class ChangeJunit {

  private ChangeJunit() {}

  /** The whole file. */
  public static String of(RunComparison changes) {
    return Markup.of(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="fanbench compare">
            <testsuite name="compare" tests="{}" failures="{}" errors="{}">
            {}</testsuite>
            </testsuites>
            """,
            changes.targets().size(),
            count(changes, true),
            count(changes, false),
            changes.targets().stream().map(ChangeJunit::testCase).collect(Markup.joining()))
        .toString();
  }

  private static long count(RunComparison changes, boolean slower) {
    return changes.targets().stream()
        .map(target -> target.decides().verdict())
        .filter(verdict -> slower ? verdict == Verdict.SLOWER : !verdict.judged())
        .count();
  }

  private static Markup testCase(TargetChange target) {
    return Markup.of(
        "<testcase classname=\"fanbench.compare\" name=\"{} {}\">{}</testcase>\n",
        target.name(),
        target.decides().metric().expression(),
        outcome(target.decides()));
  }

  private static Markup outcome(Change change) {
    if (change.verdict() == Verdict.SLOWER) {
      return Markup.of("<failure message=\"{}\"></failure>", change.sentence());
    }
    return change.verdict().judged()
        ? Markup.of("<system-out>{}</system-out>", change.sentence())
        : Markup.of("<error message=\"{}\"></error>", change.sentence());
  }
}
