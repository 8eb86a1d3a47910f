package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.DeliveryTotal;
import dev.fanbench.reports.model.Mark;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import dev.fanbench.reports.model.RoundTripAnswer;
import java.util.stream.Stream;

/** Thresholds, validity, deliveries accounted, and the question about a chat round trip. */
final class VerdictSection {

  private VerdictSection() {}

  static Markup of(ReportModel comparison) {
    return Markup.of(
        "<section class=\"verdicts\" id=\"verdicts\" aria-label=\"Verdicts\">\n{}{}{}{}</section>\n",
        answers(comparison),
        slos(comparison),
        tile("Valid?", comparison.entries().stream().map(VerdictSection::validity)),
        tile(
            "Every delivery accounted for?",
            comparison.accounted().stream().map(VerdictSection::accounted)));
  }

  private static Markup answers(ReportModel comparison) {
    return comparison.answers().isEmpty()
        ? Markup.EMPTY
        : tile(RoundTripAnswer.QUESTION, comparison.answers().stream().map(VerdictSection::answer));
  }

  private static Markup slos(ReportModel comparison) {
    boolean none = comparison.entries().stream().allMatch(e -> e.thresholds().isEmpty());
    return none
        ? tile(
            "Thresholds",
            Stream.of(Markup.of("<li><span></span><span>none asked for</span></li>\n")))
        : tile("Thresholds", comparison.entries().stream().flatMap(VerdictSection::slos));
  }

  private static Stream<Markup> slos(ReportedRun entry) {
    return entry.thresholds().stream().map(s -> slo(entry, s));
  }

  private static Markup slo(ReportedRun entry, SloVerdict slo) {
    return Markup.of(
        "<li>{}<span><strong>{}</strong> <code>{}</code>{}: {}{}</span></li>\n",
        mark(Mark.of(slo)),
        entry.name(),
        slo.expression(),
        ReportedRun.where(slo),
        slo.observed(),
        slo.gate() ? "" : " (a question, no gate)");
  }

  private static Markup validity(ReportedRun entry) {
    return Markup.of(
        "<li>{}<span><strong>{}</strong> {}</span></li>\n",
        mark(entry.unusableFloor() ? Mark.UNKNOWN : Mark.of(entry.valid())),
        entry.name(),
        inShort(entry.run().validity()));
  }

  /** The verdict with its first reason; the section on limits has all of them. */
  private static String inShort(Validity validity) {
    int more = validity.reasons().size() - 1;
    int warnings = validity.warnings().size();
    return validity.verdict()
        + (more < 0 ? "" : ": " + validity.reasons().get(0))
        + (more < 1 ? "" : ", and " + more + " more")
        + (warnings == 0 ? "" : warnings == 1 ? "; 1 warning" : "; " + warnings + " warnings")
        + (more > 0 || warnings > 0 ? " (all at the end)" : "");
  }

  private static Markup accounted(DeliveryTotal accounted) {
    return Markup.of(
        "<li>{}<span><strong>{}</strong> {}</span></li>\n",
        mark(Mark.of(accounted)),
        accounted.entry().name(),
        accounted.text());
  }

  private static Markup answer(RoundTripAnswer answer) {
    return Markup.of(
        "<li>{}<span><strong>{}</strong> {}</span></li>\n",
        mark(Mark.of(answer)),
        answer.entry().name(),
        answer.text());
  }

  /** A mark with its sign, which needs no colour. */
  static Markup mark(Mark mark) {
    return switch (mark) {
      case GOOD -> Markup.of("<b class=\"good\">{}</b>", mark.sign());
      case BAD -> Markup.of("<b class=\"bad\">{}</b>", mark.sign());
      case UNKNOWN -> Markup.of("<b class=\"quiet\">{}</b>", mark.sign());
    };
  }

  /** Lines under a question. */
  static Markup tile(String title, Stream<Markup> lines) {
    return Markup.of(
        "<div class=\"tile\"><h2>{}</h2><ul>{}</ul></div>\n",
        title,
        lines.collect(Markup.joining()));
  }
}
