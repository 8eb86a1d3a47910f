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
        <p>{} {}</p>
        {}</section>
        """,
        finding.sentence(),
        finding.detail(),
        Markup.of("<em>{}</em>", finding.certainty()),
        VerdictSummary.of(comparison));
  }

  /** Sentences that limit the finding; they follow its chart. */
  static Markup cautions(ReportModel comparison) {
    return comparison.cautions().stream()
        .map(d -> Markup.of("<p class=\"caution\">{}</p>\n", d))
        .collect(Markup.joining());
  }
}
