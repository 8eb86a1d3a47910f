package dev.fanbench.reports.page;

import dev.fanbench.reports.chart.BillChart;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.BillComparison;
import dev.fanbench.reports.model.Cost;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.price.DataTransfer;
import java.util.stream.Collectors;

/** Shows the cost of the designs: a month's bill against the rate, and the headline phase. */
final class CostSection {

  private CostSection() {}

  static Markup of(ReportModel comparison) {
    BillComparison bills = comparison.bills();
    if (bills.costs().isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        """
        <section id="cost">
        <h2>What a month would cost</h2>
        <p><strong>Computed from list prices, not billed.</strong> {}: {}. {}</p>
        {}{}<p class="after"><strong>How to read this:</strong> a design that is paid by use is a rising line. A machine is a level line \
        until its load balancer needs more capacity. Where they cross, both cost the same; left of it pay by use, \
        right of it rent. The gap between a strong line and its faint one is what connections cost that are open and \
        silent.</p>
        {}</section>
        """,
        comparison.prices().origin(),
        comparison.prices().source(),
        transfer(bills),
        Figure.of(
            bills.costs().stream().map(Cost::entry).toList(),
            new BillChart(bills).toMarkup(),
            sentence(bills)),
        formulas(bills),
        Table.of(
            "words",
            "A month like the headline phase",
            Markup.of(
                """
                <caption>A month like the headline phase</caption>
                <thead><tr><th scope="col">run</th><th scope="col">a million deliveries</th>\
                <th scope="col">how</th></tr></thead>
                <tbody>{}</tbody>""",
                bills.costs().stream().map(CostSection::line).collect(Markup.joining()))));
  }

  private static String transfer(BillComparison bills) {
    boolean measured =
        bills.costs().stream()
            .flatMap(cost -> cost.billing().dataTransfer().stream())
            .allMatch(DataTransfer::measured);
    return "Data transfer counts "
        + (measured ? "the bytes that the load received" : "the text and 18 B around it")
        + ", and %d B of headers for each delivery.".formatted(DataTransfer.PACKET_BYTES);
  }

  /** Of the break-evens that the chart marks. */
  private static String sentence(BillComparison bills) {
    return bills.crossings().isEmpty()
        ? "There is no second design with a price to compare with."
        : bills.crossings().stream()
            .filter(BillComparison.Crossing::marked)
            .map(BillComparison.Crossing::sentence)
            .collect(Collectors.joining(" "));
  }

  private static Markup formulas(BillComparison bills) {
    if (bills.crossings().isEmpty()) {
      return Markup.EMPTY;
    }
    Markup items =
        bills.crossings().stream()
            .flatMap(c -> c.formula().stream())
            .map(formula -> Markup.of("<li>{}</li>\n", formula))
            .collect(Markup.joining());
    return Markup.of(
        "<p>Break-even = (rent − what silent connections cost) ÷ what one delivery a second costs a"
            + " month:</p>\n<ul class=\"formulas\">{}</ul>\n",
        items);
  }

  private static Markup line(Cost cost) {
    return Markup.of(
        "<tr><th scope=\"row\">{}{}</th><td><strong>{}</strong></td><td>{}</td></tr>\n",
        cost.entry().name(),
        RunLabel.of(cost.entry()),
        cost.text(),
        cost.formula());
  }
}
