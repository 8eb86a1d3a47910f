package dev.fanbench.reports.page;

import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.Finding;
import dev.fanbench.reports.model.ReportModel;

/** The one sentence. */
final class FindingSection {

  private FindingSection() {}

  static Markup of(ReportModel comparison) {
    Finding finding = comparison.finding();
    return Markup.of(
        """
        <section class="finding">
        <h1>{}</h1>
        {}{}{}</section>
        """,
        finding.sentence(),
        sentence("detail", finding.detail()),
        sentence("certainty", finding.certainty()),
        VerdictSummary.of(comparison));
  }

  private static Markup sentence(String style, String text) {
    return text.isEmpty() ? Markup.EMPTY : Markup.of("<p class=\"{}\">{}</p>\n", style, text);
  }

  /** Sentences that limit the finding; they follow its chart. */
  static Markup cautions(ReportModel comparison) {
    return comparison.cautions().stream()
        .map(d -> Markup.of("<p class=\"caution\">{}</p>\n", d))
        .collect(Markup.joining());
  }
}
