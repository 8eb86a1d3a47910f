package dev.fanbench.reports.export;

import dev.fanbench.measurement.change.Change;
import dev.fanbench.measurement.change.RunComparison;
import dev.fanbench.measurement.change.TargetChange;
import dev.fanbench.measurement.change.Verdict;
import dev.fanbench.reports.markup.Markup;
import java.util.function.Predicate;

/**
 * {@code compare.xml}: one test case for each target. A worse side is a failure; what could not be
 * judged, or decided, an error.
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
            count(changes, Verdict::fails),
            count(changes, ChangeJunit::isError),
            changes.targets().stream().map(ChangeJunit::testCase).collect(Markup.joining()))
        .toString();
  }

  private static long count(RunComparison changes, Predicate<Verdict> which) {
    return changes.targets().stream()
        .filter(target -> which.test(target.decides().verdict()))
        .count();
  }

  private static boolean isError(Verdict verdict) {
    return verdict.unjudged() || verdict == Verdict.UNDECIDED;
  }

  private static Markup testCase(TargetChange target) {
    return Markup.of(
        "<testcase classname=\"fanbench.compare\" name=\"{} {}\">{}</testcase>\n",
        target.name(),
        target.decides().metric().expression(),
        outcome(target.decides()));
  }

  private static Markup outcome(Change change) {
    if (change.verdict().fails()) {
      return Markup.of("<failure message=\"{}\"></failure>", change.sentence());
    }
    return isError(change.verdict())
        ? Markup.of("<error message=\"{}\"></error>", change.sentence())
        : Markup.of("<system-out>{}</system-out>", change.sentence());
  }
}
