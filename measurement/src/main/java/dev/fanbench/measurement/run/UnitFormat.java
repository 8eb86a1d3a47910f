package dev.fanbench.measurement.run;

import java.util.Locale;

/** Writes quantities with up to three significant digits and a unit. */
public final class UnitFormat {

  private UnitFormat() {}

  /** {@code 0 ns}, {@code 850 ns}, {@code 12 µs}, {@code 9.1 ms}, {@code 1.25 s}. */
  public static String time(long nanos) {
    return time((double) nanos);
  }

  /** As {@link #time(long)}; NaN is {@code not available}. */
  public static String time(double nanos) {
    if (Double.isNaN(nanos)) {
      return "not available";
    }
    double size = Math.abs(nanos);
    if (size < 999.5) {
      return Math.round(nanos) + " ns";
    }
    if (size < 999_500) {
      return digits(nanos / 1e3) + " µs";
    }
    if (size < 999_500_000) {
      return digits(nanos / 1e6) + " ms";
    }
    return digits(nanos / 1e9) + " s";
  }

  /**
   * {@code 8.8 to 10.6 ms}, {@code 850 ns to 1.2 µs}: the unit stands once where it is the same.
   */
  public static String times(long lowNanos, long highNanos) {
    String low = time(lowNanos);
    String high = time(highNanos);
    int unit = low.lastIndexOf(' ');
    return (high.endsWith(low.substring(unit)) ? low.substring(0, unit) : low) + " to " + high;
  }

  /** {@code 5 to 7.4×}. */
  public static String ratios(double low, double high) {
    return digits(low) + " to " + ratio(high);
  }

  /** {@code 40/s}, {@code 199.9/s}, {@code 12,345/s}. */
  public static String rate(double perSecond) {
    return mean(perSecond) + "/s";
  }

  /** {@code 3}, {@code 2.5}, {@code 12,345}: a count for each of something. */
  public static String mean(double each) {
    String number =
        each >= 1000
            ? String.format(Locale.ROOT, "%,.0f", each)
            : String.format(Locale.ROOT, "%.1f", each);
    return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
  }

  /** {@code 100,000}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 64 B}, {@code 5.4 KB}, {@code 310 MB}; a KB is 1,024 B. */
  public static String bytes(long bytes) {
    return bytes((double) bytes);
  }

  /** As {@link #bytes(long)}, for a mean. */
  public static String bytes(double bytes) {
    double size = Math.abs(bytes);
    if (size < 1024) {
      return Math.round(bytes) + " B";
    }
    if (size < 1024 * 1024) {
      return digits(bytes / 1024) + " KB";
    }
    if (size < 1024.0 * 1024 * 1024) {
      return digits(bytes / 1024 / 1024) + " MB";
    }
    return digits(bytes / 1024 / 1024 / 1024) + " GB";
  }

  /** {@code 6.1×}. */
  public static String ratio(double ratio) {
    return digits(ratio) + "×";
  }

  /** {@code 4.5 %}, of a share between 0 and 1. */
  public static String percent(double share) {
    return digits(share * 100) + " %";
  }

  /** {@code +4.5 %} or {@code −17.2 %}, of a share that was added or taken. */
  public static String change(double share) {
    String size = percent(Math.abs(share));
    if (size.equals("0 %")) {
      return size;
    }
    return (share < 0 ? "−" : "+") + size;
  }

  /** Three significant digits, fewer where they are zeros. */
  private static String digits(double value) {
    double size = Math.abs(value);
    String format = size < 9.995 ? "%.2f" : size < 99.95 ? "%.1f" : "%.0f";
    String text = String.format(Locale.ROOT, format, value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
