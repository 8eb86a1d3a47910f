package dev.fanbench.reports.page;

import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.Comparison;
import dev.fanbench.reports.model.Cost;

/** What the headline phase would cost on AWS. */
final class CostSection {

  private CostSection() {}

  static Markup of(Comparison comparison) {
    if (comparison.costs().isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        """
        <section id="cost">
        <h2>What a million deliveries would cost</h2>
        <p><strong>Computed from list prices, not billed.</strong> {}: {}. Data transfer is left out on \
        every side.</p>
        <div class="scroll"><table class="words">
        <thead><tr><th scope="col">run</th><th scope="col">a million deliveries</th>\
        <th scope="col">how</th></tr></thead>
        <tbody>{}</tbody></table></div>
        {}</section>
        """,
        comparison.prices().origin(),
        comparison.prices().source(),
        comparison.costs().stream().map(CostSection::line).collect(Markup.joining()),
        Cost.breakEven(comparison.costs())
            .map(text -> Markup.of("<p>{}</p>\n", text))
            .orElse(Markup.EMPTY));
  }

  private static Markup line(Cost cost) {
    return Markup.of(
        "<tr><th scope=\"row\">{}{}</th><td><strong>{}</strong></td><td>{}</td></tr>\n",
        cost.entry().name(),
        Chips.of(cost.entry()),
        cost.text(),
        cost.formula());
  }
}
