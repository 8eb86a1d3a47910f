package dev.fanbench.reports.page;

import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportModel;

/** Lists the conditions that would change the conclusion, as far as the runs show them. */
final class SensitivitySection {

  private SensitivitySection() {}

  static Markup of(ReportModel comparison) {
    if (comparison.conditions().isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        """
        <section id="conditions">
        <h2>What would change this conclusion</h2>
        <ul class="limits">{}</ul>
        {}</section>
        """,
        comparison.conditions().stream()
            .map(c -> Markup.of("<li><strong>{}</strong> {}</li>\n", c.what(), c.sentence()))
            .collect(Markup.joining()),
        comparison.hint().map(sentence -> Markup.of("<p>{}</p>\n", sentence)).orElse(Markup.EMPTY));
  }
}
