package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.LiveSecond;
import dev.fanbench.reports.model.LiveView;
import java.util.List;

/**
 * The last minutes of a run in progress. The page's script draws them as curves; a browser without
 * scripts shows a table of the last seconds.
 */
final class LiveCurve {
  private static final int ROWS = 10;

  private LiveCurve() {}

  /** Hidden figures, which the script fills, and the table. */
  static Markup of(LiveView view) {
    return Markup.of(
        """
        <section id="seconds" hidden="">
        <h2>The last minutes</h2>
        {}{}</section>
        <noscript>{}</noscript>
        """,
        times(),
        deliveries(),
        table(view.seconds()));
  }

  private static Markup times() {
    return Markup.of(
        """
        <h3>Time to last delivery, or response time</h3>
        <figure id="times" data-name="Time to last delivery, or response time, by second">\
        <figcaption><ul class="legend">{}{}{}</ul>By second. A p50 needs {} publications in it, \
        and a p99 needs {}.</figcaption></figure>
        """,
        key("t0", "p50"),
        key("t1", "p99"),
        key("ref", "slowest"),
        Percentile.P50.samplesNeeded(),
        Percentile.P99.samplesNeeded());
  }

  private static Markup deliveries() {
    return Markup.of(
        """
        <h3>Deliveries per second</h3>
        <figure id="deliveries" data-name="Deliveries per second, by second">\
        <figcaption>A vertical line is the begin of another phase, or of another target's \
        turn.</figcaption></figure>
        """);
  }

  private static Markup key(String style, String name) {
    return Markup.of(
        "<li class=\"{}\"><svg class=\"swatch\" viewBox=\"0 0 34 12\" aria-hidden=\"true\">"
            + "<path class=\"curve\" d=\"M0 6H34\"/></svg>{}</li>",
        style,
        name);
  }

  private static Markup table(List<LiveSecond> seconds) {
    if (seconds.isEmpty()) {
      return Markup.EMPTY;
    }
    List<LiveSecond> last = seconds.subList(Math.max(0, seconds.size() - ROWS), seconds.size());
    return Table.of(
        "plain",
        "The last seconds",
        Markup.of(
            """
            <thead><tr><th scope="col">phase</th><th scope="col">p50</th><th scope="col">p99</th>\
            <th scope="col">slowest</th><th scope="col">deliveries per second</th></tr></thead>
            <tbody>{}</tbody>
            """,
            last.stream().map(LiveCurve::row).collect(Markup.joining())));
  }

  private static Markup row(LiveSecond second) {
    return Markup.of(
        "<tr><th scope=\"row\">{}</th>{}{}{}{}</tr>\n",
        second.phase(),
        time(second.p50Millis()),
        time(second.p99Millis()),
        time(second.slowestMillis()),
        Table.cell("", UnitFormat.count(Math.round(second.deliveriesPerSecond()))));
  }

  private static Markup time(Double millis) {
    return Table.cell("", millis == null ? "–" : UnitFormat.time(millis * 1e6));
  }
}
