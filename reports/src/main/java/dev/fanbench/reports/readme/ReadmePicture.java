package dev.fanbench.reports.readme;

import dev.fanbench.reports.chart.FanOutPicture;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.page.HtmlPage;
import java.util.ArrayList;
import java.util.List;

/** The picture that README.md shows: time to last delivery against fan-out, as an SVG file. */
public final class ReadmePicture {

  private static final int LETTERS_IN_A_LINE = 72;

  private ReadmePicture() {}

  /** The file's text; equal comparisons give equal pictures. */
  public static String of(ReportModel comparison) {
    List<String> ids = comparison.entries().stream().map(e -> e.run().id()).sorted().toList();
    String runs = "%d runs, %s to %s".formatted(ids.size(), ids.get(0), ids.get(ids.size() - 1));
    return new FanOutPicture(
            comparison.fanOut(),
            wrapped(comparison.finding().sentence()),
            runs,
            Markup.raw(PlainStyle.of(HtmlPage.styleSheet().toString())))
        .toMarkup()
        .toString();
  }

  private static List<String> wrapped(String sentence) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + 1 + word.length() > LETTERS_IN_A_LINE) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return List.copyOf(lines);
  }
}
