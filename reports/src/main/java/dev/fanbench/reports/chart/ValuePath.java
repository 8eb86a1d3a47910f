package dev.fanbench.reports.chart;

/**
 * Path data whose coordinates are the values themselves, in whole units. So a drawing is its own
 * table: the page's script reads the values back from it. Both axes are linear and start at zero.
 * Not thread-safe.
 */
final class ValuePath {

  /** Times are drawn to a hundredth of a second in a minute. */
  private static final int MOST_UNITS_OF_TIME = 10_000;

  /** More units than that would be finer than the figures are. */
  private static final int MOST_UNITS = 100_000;

  private final double topX;
  private final double topY;
  private final double unitX;
  private final double unitY;
  private final StringBuilder data = new StringBuilder();
  private long lastX;
  private long lastY;

  /** An empty path between zero and these values, which are the frame's right and upper edge. */
  ValuePath(double topX, double topY) {
    this(topX, topY, unit(topY, MOST_UNITS));
  }

  private ValuePath(double topX, double topY, double unitY) {
    this.topX = topX;
    this.topY = topY;
    this.unitX = unit(topX, MOST_UNITS_OF_TIME);
    this.unitY = unitY;
  }

  /** An empty path over so many rows, of which the first is from 0 to 2. */
  static ValuePath ofRows(double topX, int rows) {
    return new ValuePath(topX, 2.0 * rows, 1);
  }

  private static double unit(double top, int most) {
    return Math.pow(10, Math.ceil(Math.log10(top / most)));
  }

  /** A single value, a dot when lines have round caps. */
  ValuePath dot(double x, double y) {
    return level(x, x, y);
  }

  /** A value that holds from one place to another. */
  ValuePath level(double fromX, double toX, double y) {
    move(Math.round(fromX / unitX), Math.round(y / unitY));
    long wide = Math.round(toX / unitX) - lastX;
    data.append('h').append(wide);
    lastX += wide;
    return this;
  }

  /** A bar from zero. */
  ValuePath bar(double x, double y) {
    move(Math.round(x / unitX), 0);
    long high = Math.round(y / unitY);
    data.append('v').append(high);
    lastY = high;
    return this;
  }

  /** Distances are shorter than places. */
  private void move(long toX, long toY) {
    data.append('m').append(toX - lastX);
    if (toY >= lastY) {
      data.append(' ');
    }
    data.append(toY - lastY);
    lastX = toX;
    lastY = toY;
  }

  boolean isEmpty() {
    return data.length() == 0;
  }

  long wide() {
    return Math.round(topX / unitX);
  }

  long high() {
    return Math.round(topY / unitY);
  }

  /** The value of one unit along the horizontal axis. */
  float unitX() {
    return (float) unitX;
  }

  /** The value of one unit along the vertical axis. */
  float unitY() {
    return (float) unitY;
  }

  /** The {@code d} attribute. */
  @Override
  public String toString() {
    return data.toString();
  }
}
