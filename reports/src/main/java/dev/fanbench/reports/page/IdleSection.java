package dev.fanbench.reports.page;

import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.IdleCost;
import dev.fanbench.reports.model.ReportModel;
import java.util.List;

/** Shows the cost of connections over which nothing is sent. */
final class IdleSection {

  private IdleSection() {}

  static Markup of(ReportModel comparison) {
    List<IdleCost> costs = comparison.idle();
    if (costs.isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        """
        <section id="idle">
        <h2>Idle connections</h2>
        <p>Clients join one room, and then the load sends nothing. Memory is the growth from before the first connect, \
        divided by the connections: resident memory of the target's processes, and heap after a collection where the \
        heap was resident before. Memory that earlier phases left behind is used again and does not show. CPU is \
        that of the whole target, divided by connections and seconds. Its interval holds the mean in 99 of 100 cases. \
        The share of a core before the connections is not taken off. Received are bytes of the \
        server's own pings. Kernel memory is that of sockets at both \
        ends, when they are on this machine. Connects are those of 64 clients at once.</p>
        {}{}</section>
        """,
        Table.of("dense", "Idle connections", table(costs)),
        further(comparison));
  }

  private static Markup table(List<IdleCost> costs) {
    return Markup.of(
        """
        <thead><tr><th scope="col">run</th><th scope="col">connections</th><th scope="col">lost</th>\
        <th scope="col">memory each</th><th scope="col">of it heap</th><th scope="col">kernel memory each</th>\
        <th scope="col">CPU each, per second</th><th scope="col">core used before</th>\
        <th scope="col">received each</th>\
        <th scope="col">connects</th></tr></thead>
        <tbody>{}</tbody>""",
        costs.stream().map(IdleSection::line).collect(Markup.joining()));
  }

  private static Markup line(IdleCost cost) {
    return Markup.of(
        "<tr><th scope=\"row\">{}{}</th><td>{}</td><td class=\"{}\">{}</td><td>{}</td><td>{}</td>"
            + "<td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
        cost.entry().name(),
        RunLabel.of(cost.entry()),
        cost.connections(),
        cost.lost() > 0 ? "bad" : "quiet",
        cost.lost(),
        cost.bytesText(),
        IdleCost.bytes(cost.heapBytes()),
        IdleCost.bytes(cost.socketBytes()),
        cost.cpuText(),
        cost.shareText(),
        IdleCost.bytes(cost.receivedBytes()),
        cost.openedText());
  }

  private static Markup further(ReportModel comparison) {
    return comparison.entries().stream()
        .filter(entry -> IdleCost.furtherBytes(comparison.idle(), entry).isPresent())
        .map(
            entry ->
                Markup.of(
                    "<p>{}: {} of memory for each further connection, between the smallest and the"
                        + " largest number.</p>\n",
                    entry.name(),
                    IdleCost.bytes(IdleCost.furtherBytes(comparison.idle(), entry))))
        .collect(Markup.joining());
  }
}
