package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileTable;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.LiveRun;
import dev.fanbench.reports.model.LiveView;
import dev.fanbench.reports.model.Mark;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A run in progress as a page: whole, with a script that asks for {@code state} once a second, and
 * as that state, which is all that the script puts in.
 */
public final class LivePage {

  /** Without it, a browser asks the server for one. */
  private static final Markup NO_ICON = Markup.of("<link rel=\"icon\" href=\"data:,\"/>\n");

  /** The part below the page's {@code main}; it is not replaced. */
  private static Markup below(LiveView view) {
    return Markup.of(
        """
          <footer>{}<p id="gone" class="caution" role="status" hidden="">The run does not answer any more. \
          The figures above are the last that it sent.</p>
          <noscript><p>Load this page again to see how the run goes on.</p></noscript></footer>
          <script>{}</script>
          """,
        LiveCurve.of(view),
        HtmlPage.resource("live.js"));
  }

  private LivePage() {}

  /** The whole page. */
  public static String of(LiveView view) {
    return HtmlPage.whole(view.title(), NO_ICON, main(view), below(view)).toString();
  }

  /** The part that changes: the content of the page's {@code main}. */
  public static String state(LiveView view) {
    return main(view).toString();
  }

  private static Markup main(LiveView view) {
    Markup body = view.ending().map(LivePage::ended).orElseGet(() -> going(view));
    return Markup.of(
        """
        <p class="brand"><strong>fanbench</strong> How long until the last person in the room sees the message?</p>
        {}""",
        body);
  }

  private static Markup ended(LiveView.Ending ending) {
    return Markup.of(
        """
        <section class="finding" data-ended="">
        <h1>The run has ended</h1>
        {}{}</section>
        """,
        ending.lines().stream()
            .map(line -> Markup.of("<p>{}</p>\n", line))
            .collect(Markup.joining()),
        ending
            .page()
            .map(page -> Markup.of("<p>Its report: <code>{}</code></p>\n", page))
            .orElse(Markup.of("<p>There is no report.</p>\n")));
  }

  private static Markup going(LiveView view) {
    return Markup.of(
        """
        <section class="finding">
        <h1>{}</h1>
        <p>{}About {} left.</p>
        </section>
        {}""",
        view.title(),
        view.phase()
            .map(p -> LiveView.offer(p) + (p.warmUp() ? ", to warm up. " : ". "))
            .orElse(""),
        left(view.secondsLeft()),
        view.progress().map(now -> running(view, now)).orElse(Markup.EMPTY));
  }

  private static Markup running(LiveView view, PhaseProgress now) {
    return Markup.of(
        """
        <section class="verdicts" aria-label="So far">
        {}{}</section>
        <section>
        <h2>The last {} s</h2>
        {}<p class="after"><em>Of what has arrived; what is missing is known when its phase ends. \
        The report, and not this page, says whether the run may be believed.</em></p>
        </section>
        """,
        VerdictSection.tile("Does the load keep its rate?", rates(view, now)),
        VerdictSection.tile("Deliveries", deliveries(view, now.deliveryCount())),
        LiveRun.WINDOW_SECONDS,
        table(view));
  }

  private static Stream<Markup> rates(LiveView view, PhaseProgress now) {
    return Stream.of(
        line(
            Mark.of(view.onTime()),
            "offered "
                + UnitFormat.rate(now.phase().ratePerSecond())
                + ", achieved "
                + UnitFormat.rate(view.achievedPerSecond())),
        line(
            "%s of %s sent"
                .formatted(
                    UnitFormat.count(now.deliveryCount().sent()),
                    UnitFormat.count(now.phase().count()))));
  }

  private static Stream<Markup> deliveries(LiveView view, DeliveryCount deliveryCount) {
    return Stream.of(
        line(
            Mark.of(deliveryCount.missing() == 0),
            "%s missing, %s of %s delivered"
                .formatted(
                    UnitFormat.count(deliveryCount.missing()),
                    UnitFormat.count(deliveryCount.delivered()),
                    UnitFormat.count(deliveryCount.expected()))),
        line(
            Mark.of(view.missingBefore() == 0),
            UnitFormat.count(view.missingBefore()) + " missing in earlier phases"));
  }

  private static Markup line(Mark mark, String text) {
    return Markup.of("<li>{}<span>{}</span></li>\n", VerdictSection.mark(mark), text);
  }

  private static Markup line(String text) {
    return Markup.of("<li><span></span><span>{}</span></li>\n", text);
  }

  private static Markup table(LiveView view) {
    Markup rows =
        view.recent().entrySet().stream()
            .map(each -> row(each.getKey(), each.getValue()))
            .collect(Markup.joining());
    return Table.of(
        "plain",
        "Percentiles of the last seconds",
        Markup.of(
            """
            <thead><tr><th scope="col">series</th><th scope="col">p50</th><th scope="col">p99</th>\
            <th scope="col">max</th></tr></thead>
            <tbody>{}</tbody>
            """,
            rows));
  }

  private static Markup row(Series series, PercentileTable percentiles) {
    return Markup.of(
        "<tr><th scope=\"row\">{}</th>{}{}{}</tr>\n",
        LatencyTable.name(series),
        LatencyTable.cell(percentiles.at(Percentile.P50)),
        LatencyTable.cell(percentiles.at(Percentile.P99)),
        LatencyTable.cell(percentiles.at(Percentile.MAX)));
  }

  private static String left(double seconds) {
    long whole = Math.round(seconds);
    return whole < 120
        ? whole + " s"
        : String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
  }
}
