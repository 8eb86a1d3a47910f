package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.Accounted;
import dev.fanbench.reports.model.Answer;
import dev.fanbench.reports.model.Comparison;
import dev.fanbench.reports.model.Entry;
import java.util.stream.Stream;

/** Thresholds, validity, deliveries accounted, and the question about a chat round trip. */
final class VerdictSection {

  private VerdictSection() {}

  static Markup of(Comparison comparison) {
    return Markup.of(
        "<section class=\"verdicts\" aria-label=\"Verdicts\">\n{}{}{}{}</section>\n",
        answers(comparison),
        slos(comparison),
        tile("Valid?", comparison.entries().stream().map(VerdictSection::validity)),
        tile(
            "Every delivery accounted for?",
            comparison.accounted().stream().map(VerdictSection::accounted)));
  }

  private static Markup answers(Comparison comparison) {
    return comparison.answers().isEmpty()
        ? Markup.EMPTY
        : tile(Answer.QUESTION, comparison.answers().stream().map(VerdictSection::answer));
  }

  private static Markup slos(Comparison comparison) {
    boolean none = comparison.entries().stream().allMatch(e -> e.run().slos().isEmpty());
    return none
        ? tile(
            "Thresholds",
            Stream.of(Markup.of("<li><span></span><span>none asked for</span></li>\n")))
        : tile("Thresholds", comparison.entries().stream().flatMap(VerdictSection::slos));
  }

  private static Stream<Markup> slos(Entry entry) {
    return entry.run().slos().stream().map(s -> slo(entry, s));
  }

  private static Markup slo(Entry entry, SloVerdict slo) {
    return Markup.of(
        "<li>{}<span><strong>{}</strong> <code>{}</code>{}: {}{}</span></li>\n",
        mark(slo.held()),
        entry.name(),
        slo.expression(),
        slo.phase().equals("run") ? "" : " in " + slo.phase(),
        slo.observed(),
        slo.gate() ? "" : " (a question, no gate)");
  }

  private static Markup validity(Entry entry) {
    Validity validity = entry.run().validity();
    return Markup.of(
        "<li>{}<span><strong>{}</strong> {}{}{}</span></li>\n",
        mark(entry.valid()),
        entry.name(),
        validity.verdict(),
        validity.reasons().isEmpty() ? "" : ". " + String.join(" ", validity.reasons()),
        validity.warnings().isEmpty() ? "" : ". Warning: " + String.join(" ", validity.warnings()));
  }

  private static Markup accounted(Accounted accounted) {
    return Markup.of(
        "<li>{}<span><strong>{}</strong> {}</span></li>\n",
        mark(accounted.clean()),
        accounted.entry().name(),
        accounted.text());
  }

  private static Markup answer(Answer answer) {
    Markup mark = answer.known() ? mark(answer.holds()) : Markup.of("<b>?</b>");
    return Markup.of(
        "<li>{}<span><strong>{}</strong> {}</span></li>\n",
        mark,
        answer.entry().name(),
        answer.text());
  }

  private static Markup mark(boolean good) {
    return good ? Markup.of("<b class=\"good\">✓</b>") : Markup.of("<b class=\"bad\">✗</b>");
  }

  private static Markup tile(String title, Stream<Markup> lines) {
    return Markup.of(
        "<div class=\"tile\"><h2>{}</h2><ul>{}</ul></div>\n",
        title,
        lines.collect(Markup.joining()));
  }
}
