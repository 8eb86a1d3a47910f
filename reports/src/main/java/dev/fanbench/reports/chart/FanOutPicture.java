package dev.fanbench.reports.chart;

import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.FanOutLine;
import dev.fanbench.reports.model.ReportedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The fan-out chart as a picture that stands alone, with its finding and its legend.
 *
 * @param lines one for each run
 * @param title the finding, in lines that fit
 * @param source small print: where it is from
 * @param style the page's style sheet
 */
public record FanOutPicture(
    List<FanOutLine> lines, List<String> title, String source, Markup style) {

  private static final int WIDTH = 960;
  private static final int MARGIN = 28;
  private static final int LINE = 30;
  private static final int LEGEND = 34;
  private static final int NAME_AT = 42;

  /** About as wide as a letter of a legend is. */
  private static final int LETTER = 7;

  /** The picture, an SVG document. */
  public Markup toMarkup() {
    int legend = MARGIN + LINE * title.size();
    int chart = legend + LEGEND + 6;
    FanOutChart drawing = new FanOutChart(lines, WIDTH - 2 * MARGIN);
    int height = chart + drawing.height() + 2 * MARGIN;
    return Markup.of(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">
        <style>{}</style>
        <rect class="paper" width="{}" height="{}"/>
        <g transform="translate({} 0)">
        {}{}{}<text y="{}">{}</text>
        </g>
        </svg>
        """,
        WIDTH,
        height,
        WIDTH,
        height,
        String.join(" ", title),
        style,
        WIDTH,
        height,
        MARGIN,
        titleLines(),
        legend(legend + LEGEND / 2),
        drawing.at(chart),
        height - MARGIN + 4,
        source);
  }

  private Markup titleLines() {
    return IntStream.range(0, title.size())
        .mapToObj(
            i ->
                Markup.of(
                    "<text class=\"finding\" y=\"{}\">{}</text>\n",
                    MARGIN + 14 + LINE * i,
                    title.get(i)))
        .collect(Markup.joining());
  }

  private Markup legend(int y) {
    List<Markup> entries = new ArrayList<>();
    int x = 0;
    for (FanOutLine line : lines) {
      entries.add(entry(line.entry(), x, y));
      x += NAME_AT + LETTER * line.entry().nameWithLabels().length() + LEGEND;
    }
    return entries.stream().collect(Markup.joining());
  }

  private static Markup entry(ReportedRun entry, int x, int y) {
    return Markup.of(
        "<path class=\"curve {}\" d=\"M{} {}h34\"/>{}<text class=\"axis\" x=\"{}\" y=\"{}\">{}</text>\n",
        RunStyle.style(entry),
        x,
        y,
        RunStyle.marker(entry, x + 17.0, y, entry.name()),
        x + NAME_AT,
        y + 4,
        entry.nameWithLabels());
  }
}
