package dev.fanbench.reports.chart;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.price.Bill;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Unit of the numbers along an axis. */
enum AxisUnit {
  /** Nanoseconds, labelled in the unit that suits the axis. */
  NANOS {
    @Override
    String label(double value, double top) {
      if (value == 0) {
        return "0";
      }
      if (top < 1e3) {
        return plain(value) + " ns";
      }
      return top < 1e6
          ? plain(value / 1e3) + " µs"
          : top < 1e9 ? plain(value / 1e6) + " ms" : plain(value / 1e9) + " s";
    }
  },
  /** Dollars a month. */
  DOLLARS {
    @Override
    String label(double value, double top) {
      return Bill.dollars(value).replaceFirst("\\.00$", "");
    }
  },
  /** Deliveries a second. */
  PER_SECOND {
    @Override
    String label(double value, double top) {
      return value == 0 ? "0" : UnitFormat.rate(value);
    }
  },
  /** Bytes, in powers of a thousand. */
  BYTES {
    @Override
    String label(double value, double top) {
      return value == 0
          ? "0"
          : top < 1e6
              ? plain(value / 1e3) + " kB"
              : top < 1e9 ? plain(value / 1e6) + " MB" : plain(value / 1e9) + " GB";
    }
  },
  /** Processor cores. */
  CORES {
    @Override
    String label(double value, double top) {
      return value == 0 ? "0" : plain(value) + (value == 1 ? " core" : " cores");
    }
  },
  /** Part of a whole. */
  SHARE {
    @Override
    String label(double value, double top) {
      return value == 0 ? "0" : plain(100 * value) + " %";
    }
  },
  /** Seconds of a phase. */
  SECONDS {
    @Override
    String label(double value, double top) {
      return value == 0 ? "0" : plain(value) + " s";
    }
  };

  /** The unit as the page's script knows it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  abstract String label(double value, double top);

  private static String plain(double value) {
    return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }
}
