package dev.fanbench.reports.export;

import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import java.util.List;
import java.util.Locale;

/**
 * {@code junit.xml}: one suite for each run, with a test case for its validity and one for each
 * threshold. A question that the run does not answer with yes is skipped, with its answer. So is
 * the validity of a floor that is INVALID, as no exit code counts it.
 */
public final class JunitXml {

  /** The place of a threshold that is of all phases. */
  private static final String WHOLE_RUN = "run";

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
    long skipped = entry.run().slos().stream().filter(JunitXml::isOpenQuestion).count();
    return Markup.of(
        """
        <testsuite name="{}" timestamp="{}" time="{}" tests="{}" failures="{}" errors="0" skipped="{}">
        {}{}</testsuite>
        """,
        entry.name() + " " + entry.run().id(),
        entry.run().startedAt(),
        seconds(entry, WHOLE_RUN),
        entry.run().slos().size() + 1,
        failed + (entry.valid() || entry.unusableFloor() ? 0 : 1),
        skipped + (entry.unusableFloor() ? 1 : 0),
        validity(entry),
        entry.run().slos().stream().map(s -> slo(entry, s)).collect(Markup.joining()));
  }

  private static Markup validity(ReportedRun entry) {
    return testCase(entry, "run is VALID", WHOLE_RUN, validityOutcome(entry));
  }

  private static Markup validityOutcome(ReportedRun entry) {
    Validity validity = entry.run().validity();
    String reasons = validity.verdict() + ": " + String.join(" ", validity.reasons());
    if (entry.valid()) {
      return Markup.EMPTY;
    }
    return entry.unusableFloor() ? skipped("a floor, no gate: " + reasons) : failure(reasons);
  }

  private static Markup slo(ReportedRun entry, SloVerdict slo) {
    String observed = slo.expression() + ": " + slo.observed();
    return testCase(
        entry, slo.expression() + " in " + slo.phase(), slo.phase(), outcome(slo, observed));
  }

  private static Markup outcome(SloVerdict slo, String observed) {
    if (slo.fails()) {
      return failure(observed);
    }
    return isOpenQuestion(slo)
        ? skipped("a question, no gate: " + observed)
        : Markup.of("<system-out>{}</system-out>", observed);
  }

  /** Whether it was only asked, and the answer is not yes for certain. */
  private static boolean isOpenQuestion(SloVerdict slo) {
    return !slo.gate() && slo.decision() != SloVerdict.Decision.HELD;
  }

  /** From the first arrival to the last delivery of a phase, or of all. */
  private static String seconds(ReportedRun entry, String phase) {
    List<PhaseResult> results =
        entry.run().measured().stream()
            .filter(result -> phase.equals(WHOLE_RUN) || result.phase().name().equals(phase))
            .toList();
    long from = results.stream().mapToLong(PhaseResult::startNanos).min().orElse(0);
    long to = results.stream().mapToLong(PhaseResult::endNanos).max().orElse(0);
    return String.format(Locale.ROOT, "%.3f", (to - from) / 1e9);
  }

  private static Markup failure(String message) {
    return Markup.of("<failure message=\"{}\"></failure>", message);
  }

  private static Markup skipped(String message) {
    return Markup.of("<skipped message=\"{}\"></skipped>", message);
  }

  private static Markup testCase(ReportedRun entry, String name, String phase, Markup outcome) {
    return Markup.of(
        "<testcase classname=\"fanbench.{}\" name=\"{}\" time=\"{}\">{}</testcase>\n",
        entry.name(),
        name,
        seconds(entry, phase),
        outcome);
  }
}
