package dev.fanbench.reports.chart;

import dev.fanbench.measurement.change.RatioInterval;
import dev.fanbench.measurement.change.Verdict;
import dev.fanbench.reports.markup.Markup;

/**
 * A change as a bar that fits into a table: its interval on a logarithmic axis, with no change in
 * the middle. Slower is to the right.
 *
 * @param ratio what is drawn
 * @param verdict that the bar's colour tells
 * @param most the ratio at the right edge; the left one is its inverse
 */
public record ChangeBar(RatioInterval ratio, Verdict verdict, double most) {

  private static final int WIDTH = 170;
  private static final int HEIGHT = 16;
  private static final int MARGIN = 4;
  private static final double MIDDLE = HEIGHT / 2.0;

  /** The drawing. */
  public Markup toMarkup() {
    Svg svg = new Svg(WIDTH, HEIGHT, "interval of the change: " + ratio.text());
    String style =
        switch (verdict) {
          case SLOWER -> "slower";
          case FASTER -> "faster";
          default -> "ref";
        };
    svg.line("base", at(1), 0, at(1), HEIGHT);
    double low = at(ratio.low());
    double high = at(ratio.high());
    svg.line("whisker " + style, low, MIDDLE, high, MIDDLE);
    svg.line("whisker " + style, low, MIDDLE - 4, low, MIDDLE + 4);
    svg.line("whisker " + style, high, MIDDLE - 4, high, MIDDLE + 4);
    svg.rect("mark " + style, at(ratio.ratio()) - 3, MIDDLE - 3, 6, 6, ratio.text());
    return svg.toMarkup();
  }

  private double at(double value) {
    double share = Math.log(value) / Math.log(most);
    double half = WIDTH / 2.0 - MARGIN;
    return WIDTH / 2.0 + half * Math.max(-1, Math.min(1, share));
  }
}
