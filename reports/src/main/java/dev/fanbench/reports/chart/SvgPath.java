package dev.fanbench.reports.chart;

import java.util.List;
import java.util.Locale;

/** Path data with one digit after the point. Not thread-safe. */
final class SvgPath {

  /** A line of two pixels that is this far off looks the same. */
  private static final double UNSEEN = 0.2;

  private final StringBuilder data = new StringBuilder();
  private String lastY = "";
  private String pendingX = "";

  SvgPath move(double x, double y) {
    flush();
    data.append('M').append(number(x)).append(' ').append(number(y));
    lastY = number(y);
    return this;
  }

  /** A straight line; runs of level ones become one. */
  SvgPath line(double x, double y) {
    String toY = number(y);
    if (toY.equals(lastY)) {
      pendingX = number(x);
      return this;
    }
    flush();
    data.append('L').append(number(x)).append(' ').append(toY);
    lastY = toY;
    return this;
  }

  /** A place in the drawing. */
  record Spot(double x, double y) {

    /** The vertical distance to the straight line between two places. */
    private double aside(Spot from, Spot to) {
      double share = to.x == from.x ? 0 : (x - from.x) / (to.x - from.x);
      return Math.abs(y - from.y - share * (to.y - from.y));
    }
  }

  /** A line through all these places, without those that it would pass unseen. */
  SvgPath curve(List<Spot> spots) {
    Spot first = spots.get(0);
    move(first.x, first.y);
    lines(spots);
    return this;
  }

  private void lines(List<Spot> spots) {
    Spot first = spots.get(0);
    Spot last = spots.get(spots.size() - 1);
    int farthest = 0;
    double most = UNSEEN;
    for (int i = 1; i < spots.size() - 1; i++) {
      double aside = spots.get(i).aside(first, last);
      if (aside > most) {
        most = aside;
        farthest = i;
      }
    }
    if (farthest == 0) {
      line(last.x, last.y);
    } else {
      lines(spots.subList(0, farthest + 1));
      lines(spots.subList(farthest, spots.size()));
    }
  }

  /** A dot, when lines have round caps. */
  SvgPath dot(double x, double y) {
    move(x, y);
    data.append("h0");
    return this;
  }

  SvgPath close() {
    flush();
    data.append('Z');
    return this;
  }

  boolean isEmpty() {
    return data.length() == 0;
  }

  private void flush() {
    if (!pendingX.isEmpty()) {
      data.append('H').append(pendingX);
      pendingX = "";
    }
  }

  /** A coordinate as it is written. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** A share as it is written, fine enough for a tenth of a pixel. */
  static String percent(double share) {
    String text = String.format(Locale.ROOT, "%.2f", 100 * share);
    return text.replaceFirst("\\.?0+$", "").replaceFirst("^-?$", "0") + "%";
  }

  /** The {@code d} attribute. */
  @Override
  public String toString() {
    flush();
    return data.toString();
  }
}
