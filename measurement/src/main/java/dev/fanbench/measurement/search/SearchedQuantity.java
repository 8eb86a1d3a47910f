package dev.fanbench.measurement.search;

import dev.fanbench.measurement.run.UnitFormat;

/** The quantity that is searched for, while the other stays as it is. */
public enum SearchedQuantity {
  /** Publications per second. */
  RATE("rate", 1, 100_000),
  /** Subscribers of the one room. */
  SUBSCRIBERS("subscribers", 1, 1_000_000);

  /** Far below a unit, and far above the error of a product. */
  private static final double ROUNDING = 1e-9;

  private final String key;
  private final double least;
  private final double most;

  SearchedQuantity(String key, double least, double most) {
    this.key = key;
    this.least = least;
    this.most = most;
  }

  /** The option that sets it. */
  public String key() {
    return key;
  }

  /** Below this nothing is tried. */
  public double least() {
    return least;
  }

  /** Above this nothing is tried. */
  public double most() {
    return most;
  }

  /** The nearest load that can be offered: three digits of a rate, whole subscribers. */
  public double offered(double load) {
    if (this == SUBSCRIBERS) {
      return Math.rint(load);
    }
    double unit = unit(load);
    return Math.rint(load / unit) * unit;
  }

  /** The largest load that can be offered and is not above this one. */
  public double offeredAtMost(double load) {
    double nearest = offered(load);
    return nearest <= load * (1 + ROUNDING)
        ? Math.min(load, nearest)
        : offered(nearest - unit(load));
  }

  /** The distance of neighbouring loads. */
  private double unit(double load) {
    return this == SUBSCRIBERS ? 1 : Math.pow(10, Math.floor(Math.log10(load)) - 2);
  }

  /** {@code 840/s}, {@code 1,200 subscribers}. */
  public String text(double load) {
    return this == RATE
        ? UnitFormat.rate(load)
        : UnitFormat.count(Math.round(load)) + " subscribers";
  }
}
