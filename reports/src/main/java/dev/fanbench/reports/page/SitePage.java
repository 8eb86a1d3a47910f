package dev.fanbench.reports.page;

import dev.fanbench.measurement.change.ChangePoint;
import dev.fanbench.measurement.change.ChangeRule;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.reports.chart.TrendChart;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.Mark;
import dev.fanbench.reports.model.RunSummary;
import dev.fanbench.reports.model.Trend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The list of published runs: where each one's report is, and how targets went from run to run. */
public final class SitePage {

  private SitePage() {}

  /**
   * The page.
   *
   * @param runs oldest first; the page has the newest first
   */
  public static String of(List<RunSummary> runs) {
    List<RunSummary> newestFirst = new ArrayList<>(runs);
    Collections.reverse(newestFirst);
    return HtmlPage.whole(
            "published runs",
            Markup.of(
                """
                <p class="brand"><strong>fanbench</strong> How long until the last person in the room sees the message?</p>
                <section class="finding">
                <h1>Published runs</h1>
                <p>{} runs, the newest first. Each one’s report shows it beside those it was measured with.</p>
                </section>
                {}{}""",
                UnitFormat.count(runs.size()),
                trends(Trend.of(runs)),
                list(newestFirst)),
            Markup.EMPTY)
        .toString();
  }

  private static Markup list(List<RunSummary> runs) {
    return Markup.of(
        "<section id=\"runs\">\n<h2>All runs</h2>\n{}</section>\n",
        Table.of(
            "dense",
            "All runs",
            Markup.of(
                """
                <thead><tr><th scope="col">started (UTC)</th><th scope="col" class="word">target</th>\
                <th scope="col" class="word">workload</th><th scope="col" class="word">revision</th>\
                <th scope="col" class="word">verdict</th><th scope="col">room of</th>\
                <th scope="col">last delivery, p50</th><th scope="col">CPU per delivery</th></tr></thead>
                <tbody>{}</tbody>
                """,
                runs.stream().map(SitePage::line).collect(Markup.joining()))));
  }

  private static Markup line(RunSummary run) {
    Verdict verdict = run.run().validity().verdict();
    return Markup.of(
        "<tr><th scope=\"row\"><a href=\"{}\">{}</a></th><td class=\"word\">{}{}</td><td class=\"word\">{}</td>"
            + "<td class=\"word\">{}</td><td class=\"word\">{} {}</td>{}</tr>\n",
        run.page(),
        run.started(),
        run.entry().name(),
        RunLabel.of(run.entry()),
        run.run().workload().name(),
        run.run().revision(),
        VerdictSection.mark(Mark.of(verdict == Verdict.VALID)),
        verdict,
        run.headline().map(SitePage::figures).orElse(Markup.of("<td colspan=\"3\"></td>")));
  }

  private static Markup figures(RunSummary.Headline headline) {
    double cpu = headline.cpuNanosPerDelivery();
    return Markup.of(
        "<td>{}</td>{}<td>{}</td>",
        UnitFormat.count(headline.phase().fanOut()),
        LatencyTable.cell(headline.lastDelivery()),
        Double.isNaN(cpu) ? "" : UnitFormat.time(cpu));
  }

  private static Markup trends(List<Trend> trends) {
    if (trends.isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        """
        <section id="trends">
        <h2>From run to run</h2>
        <p>p50 of the time to last delivery in the largest room. Valid runs of one workload on one kind of machine, \
        oldest first, drawn from zero.</p>
        {}{}</section>
        """,
        Table.of(
            "dense",
            "From run to run",
            Markup.of(
                """
                <thead><tr><th scope="col">target</th><th scope="col" class="word">workload</th>\
                <th scope="col">room of</th><th scope="col">runs</th><th scope="col">first</th>\
                <th scope="col" class="word">trend</th><th scope="col">latest</th></tr></thead>
                <tbody>{}</tbody>
                """,
                trends.stream().map(SitePage::line).collect(Markup.joining()))),
        steps(trends));
  }

  private static Markup steps(List<Trend> trends) {
    List<Markup> items = trends.stream().flatMap(SitePage::steps).toList();
    return items.isEmpty()
        ? Markup.of(
            "<p class=\"after\">No change lasted for {} runs or more. A change is a step in the series that a t-test"
                + " accepts, of {} or more.</p>\n",
            ChangePoint.FEWEST_RUNS,
            UnitFormat.percent(ChangeRule.SMALLEST_CHANGE))
        : Markup.of(
            "<p class=\"after\">Changes that lasted for {} runs or more. <code>./fanbench compare</code> compares the runs"
                + " before with those after.</p>\n<ul class=\"limits\">{}</ul>\n",
            ChangePoint.FEWEST_RUNS,
            items.stream().collect(Markup.joining()));
  }

  private static Stream<Markup> steps(Trend trend) {
    return trend.steps().stream()
        .map(
            step ->
                Markup.of(
                    "<li><strong>{}</strong>, {}: {} from {} to {}, since the run of {}, revision {}.</li>\n",
                    trend.target().name(),
                    trend.workload(),
                    UnitFormat.change(step.ratio() - 1),
                    UnitFormat.time(step.beforeNanos()),
                    UnitFormat.time(step.afterNanos()),
                    step.first().started(),
                    step.first().revision()));
  }

  private static Markup line(Trend trend) {
    List<Trend.Point> points = trend.points();
    return Markup.of(
        "<tr><th scope=\"row\">{}{}</th><td class=\"word\">{}</td><td>{}</td><td>{}</td><td>{}</td>"
            + "<td class=\"word trend\">{}</td><td>{}</td></tr>\n",
        trend.target().name(),
        RunLabel.of(trend.target()),
        trend.workload(),
        UnitFormat.count(trend.phase().fanOut()),
        points.size(),
        UnitFormat.time(points.get(0).nanos()),
        new TrendChart(trend).toMarkup(),
        UnitFormat.time(points.get(points.size() - 1).nanos()));
  }
}
