package dev.fanbench.reports.page;

import dev.fanbench.measurement.change.Change;
import dev.fanbench.measurement.change.PhaseCurve;
import dev.fanbench.measurement.change.RatioInterval;
import dev.fanbench.measurement.change.RunComparison;
import dev.fanbench.measurement.change.TargetChange;
import dev.fanbench.reports.chart.ChangeBar;
import dev.fanbench.reports.chart.RunStyle;
import dev.fanbench.reports.chart.SideChart;
import dev.fanbench.reports.export.ChangeText;
import dev.fanbench.reports.markup.Markup;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Two sides beside each other, target by target: the verdict, each metric, and the curves. */
public final class ChangePage {

  /** A bar is cut off at a ratio of ten. */
  private static final double MOST_RATIO = 10;

  private static final double LEAST_RATIO = 1.1;

  private ChangePage() {}

  /** The page; equal comparisons give equal pages. */
  public static String of(RunComparison changes) {
    String title =
        changes.targets().stream()
            .map(ChangeText::headline)
            .findFirst()
            .orElse("nothing is compared");
    return HtmlPage.whole(
            title,
            Markup.of(
                """
                <header><p class="brand"><strong>fanbench</strong> Has it become slower?</p></header>
                {}{}""",
                head(changes),
                changes.targets().stream().map(ChangePage::target).collect(Markup.joining())),
            HtmlPage.SCRIPT)
        .toString();
  }

  private static Markup head(RunComparison changes) {
    List<String> headlines = changes.targets().stream().map(ChangeText::headline).toList();
    return Markup.of(
        "<section class=\"finding\">\n<h1>{}</h1>\n{}{}</section>\n",
        headlines.isEmpty() ? "Nothing is compared." : headlines.get(0),
        headlines.stream()
            .skip(1)
            .map(each -> Markup.of("<p>{}</p>\n", each))
            .collect(Markup.joining()),
        ChangeText.closing(changes).stream()
            .map(each -> Markup.of("<p><em>{}</em></p>\n", each))
            .collect(Markup.joining()));
  }

  private static Markup target(TargetChange target) {
    List<Change> changes =
        Stream.concat(Stream.of(target.decides()), target.others().stream()).toList();
    return Markup.of(
        "<section>\n<h2>{}</h2>\n{}{}{}</section>\n",
        target.name(),
        Table.of("dense", target.name() + ": changes", table(target, changes)),
        target.notes().stream()
            .map(note -> Markup.of("<p>{}</p>\n", note))
            .collect(Markup.joining()),
        figure(target));
  }

  private static Markup table(TargetChange target, List<Change> changes) {
    double most = most(changes);
    return Markup.of(
        """
        <thead><tr><th scope="col">metric</th><th scope="col" class="word">verdict</th><th scope="col">{}</th>\
        <th scope="col">{}</th><th scope="col">change, {} interval</th>\
        <th scope="col" class="word">faster ← no change → slower</th></tr></thead>
        <tbody>{}</tbody>""",
        ChangeText.side(target.base()),
        ChangeText.side(target.now()),
        ChangeText.confidence(target),
        changes.stream().map(change -> line(change, most)).collect(Markup.joining()));
  }

  private static Markup line(Change change, double most) {
    Markup bar =
        change
            .ratio()
            .map(ratio -> new ChangeBar(ratio, change.verdict(), most).toMarkup())
            .orElse(Markup.EMPTY);
    return Markup.of(
        "<tr><th scope=\"row\"><code>{}</code></th>{}<td>{}</td><td>{}</td><td>{}</td><td class=\"change\">{}</td></tr>\n",
        change.metric().expression(),
        Table.cell(change.verdict().fails() ? "word bad" : "word", change.verdict().words()),
        change.textWithReach(change.base()),
        change.textWithReach(change.now()),
        change.ratio().map(RatioInterval::text).orElse("–"),
        bar);
  }

  /** The ratio at the edge of all bars of a target: the farthest end, within limits. */
  private static double most(List<Change> changes) {
    double farthest =
        changes.stream()
            .flatMap(change -> change.ratio().stream())
            .mapToDouble(ratio -> Math.max(ratio.high(), 1 / ratio.low()))
            .max()
            .orElse(LEAST_RATIO);
    return Math.max(LEAST_RATIO, Math.min(MOST_RATIO, farthest));
  }

  private static Markup figure(TargetChange target) {
    List<String> names = List.of(target.base().name(), target.now().name());
    List<PhaseCurve> curves = target.curves();
    Markup charts =
        curves.stream()
            .map(curve -> new SideChart(curve, names).toMarkup())
            .collect(Markup.joining());
    if (charts.toString().isEmpty()) {
      return Markup.of("<p>There are no curves: no phase has enough samples on both sides.</p>\n");
    }
    return Figure.of(
        legend(names),
        List.of(),
        Figure.sideBySide(charts),
        "Percentiles of each side's runs together, phase by phase. A band is the interval of each"
            + " percentile, from the scatter between the runs. A side of fewer than three runs has none. Lines"
            + " end where fewer than ten samples lie beyond.");
  }

  private static Markup legend(List<String> names) {
    return Markup.of(
        "<ul class=\"legend\">{}</ul>\n",
        IntStream.range(0, names.size())
            .mapToObj(
                slot ->
                    Markup.of(
                        "<li data-name=\"{}\">{}<span>{}</span></li>",
                        names.get(slot),
                        RunStyle.swatch(slot),
                        names.get(slot)))
            .collect(Markup.joining()));
  }
}
