package dev.fanbench.reports.page;

import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ServerRow;
import dev.fanbench.reports.model.ServerTable;
import java.util.List;

/** Shows a line for each server, where servers of other projects were measured. */
final class ServerSection {

  private static final List<String> COLUMNS =
      List.of(
          "server",
          "version",
          "verdict",
          "last delivery p50, one at a time",
          "in a flood",
          "CPU per delivery, one at a time",
          "÷ floor",
          "in a flood",
          "÷ floor",
          "connect p50",
          "memory per connection",
          "delivered",
          "out of order",
          "duplicates");

  private ServerSection() {}

  static Markup of(ReportModel comparison) {
    return ServerTable.of(comparison).map(ServerSection::of).orElse(Markup.EMPTY);
  }

  private static Markup of(ServerTable table) {
    return Markup.of(
        """
        <section id="servers">
        <h2>Server by server</h2>
        <p>One at a time: {}. In a flood: {}. The servers are sorted by their time to last delivery in the flood. \
        Memory is that of each further connection, between the two numbers of silent ones.</p>
        {}</section>
        """,
        table.single(),
        table.flood(),
        Table.of("dense", "Server by server", content(table)));
  }

  private static Markup content(ServerTable table) {
    return Markup.of(
        """
        <thead><tr>{}</tr></thead>
        <tbody>{}</tbody>""",
        COLUMNS.stream()
            .map(column -> Markup.of("<th scope=\"col\">{}</th>", column))
            .collect(Markup.joining()),
        table.rows().stream().map(ServerSection::line).collect(Markup.joining()));
  }

  private static Markup line(ServerRow row) {
    return Markup.of(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>"
            + "<td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>"
            + "<td>{}</td></tr>\n",
        row.name(),
        row.version(),
        row.verdict(),
        row.single().last(),
        row.flood().last(),
        row.single().cpu(),
        row.single().overFloor(),
        row.flood().cpu(),
        row.flood().overFloor(),
        row.connect(),
        row.memory(),
        row.reach(),
        row.outOfOrder(),
        row.duplicates());
  }
}
