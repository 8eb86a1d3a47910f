package dev.fanbench.reports.export;

import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;

/**
 * {@code junit.xml}: one suite for each run, with a test case for its validity and one for each
 * threshold. A missed threshold that is only a question passes, with its answer in the output.
 */
public final class JunitXml {

  private JunitXml() {}

  /** The whole file. */
  public static String of(ReportModel comparison) {
    return Markup.of(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="fanbench">
            {}</testsuites>
            """,
            comparison.entries().stream().map(JunitXml::suite).collect(Markup.joining()))
        .toString();
  }

  private static Markup suite(ReportedRun entry) {
    long failed = entry.run().slos().stream().filter(SloVerdict::fails).count();
    return Markup.of(
        """
        <testsuite name="{}" timestamp="{}" tests="{}" failures="{}" errors="0">
        {}{}</testsuite>
        """,
        entry.name() + " " + entry.run().id(),
        entry.run().startedAt(),
        entry.run().slos().size() + 1,
        failed + (entry.valid() ? 0 : 1),
        validity(entry),
        entry.run().slos().stream().map(s -> slo(entry, s)).collect(Markup.joining()));
  }

  private static Markup validity(ReportedRun entry) {
    Validity validity = entry.run().validity();
    String reasons = String.join(" ", validity.reasons());
    return testCase(
        entry,
        "run is VALID",
        entry.valid() ? Markup.EMPTY : failure(validity.verdict() + ": " + reasons));
  }

  private static Markup slo(ReportedRun entry, SloVerdict slo) {
    String observed = slo.expression() + ": " + slo.observed();
    Markup outcome =
        slo.fails() ? failure(observed) : Markup.of("<system-out>{}</system-out>", observed);
    return testCase(entry, slo.expression() + " in " + slo.phase(), outcome);
  }

  private static Markup failure(String message) {
    return Markup.of("<failure message=\"{}\"></failure>", message);
  }

  private static Markup testCase(ReportedRun entry, String name, Markup outcome) {
    return Markup.of(
        "<testcase classname=\"fanbench.{}\" name=\"{}\">{}</testcase>\n",
        entry.name(),
        name,
        outcome);
  }
}
