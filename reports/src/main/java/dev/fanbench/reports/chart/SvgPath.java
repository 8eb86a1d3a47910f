package dev.fanbench.reports.chart;

import java.util.List;
import java.util.Locale;

/**
 * Path data with one digit after the point. A path begins at a place of the drawing, and each
 * further place is written as its distance from the one before, which is shorter. Not thread-safe.
 */
final class SvgPath {

  /** A line of two pixels that is this far off looks the same. */
  private static final double UNSEEN = 0.35;

  private static final int TENTHS = 10;

  private final StringBuilder data = new StringBuilder();

  /** The place reached, in tenths, so that distances add up without an error. */
  private long tenthsX;

  private long tenthsY;

  /** The end of a level line that is not written yet. */
  private long levelToX;

  SvgPath move(double x, double y) {
    flush();
    tenthsX = tenths(x);
    tenthsY = tenths(y);
    levelToX = tenthsX;
    data.append('M');
    appendPair(tenthsX, tenthsY);
    return this;
  }

  /** A straight line; runs of level ones become one. */
  SvgPath line(double x, double y) {
    long toX = tenths(x);
    long toY = tenths(y);
    if (toY == tenthsY) {
      levelToX = toX;
      return this;
    }
    flush();
    if (toX == tenthsX) {
      data.append('v').append(shortened(toY - tenthsY));
    } else {
      data.append('l');
      appendPair(toX - tenthsX, toY - tenthsY);
    }
    tenthsX = toX;
    tenthsY = toY;
    levelToX = toX;
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

  SvgPath close() {
    flush();
    data.append('Z');
    return this;
  }

  boolean isEmpty() {
    return data.length() == 0;
  }

  private void flush() {
    if (levelToX != tenthsX) {
      data.append('h').append(shortened(levelToX - tenthsX));
      tenthsX = levelToX;
    }
  }

  private void appendPair(long first, long second) {
    data.append(shortened(first));
    if (second >= 0) {
      data.append(' ');
    }
    data.append(shortened(second));
  }

  private static long tenths(double value) {
    return Math.round(value * TENTHS);
  }

  /** Tenths as a number, without the zero before its point. */
  private static String shortened(long tenths) {
    String text = number((double) tenths / TENTHS);
    return text.startsWith("0.") || text.startsWith("-0.") ? text.replace("0.", ".") : text;
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
