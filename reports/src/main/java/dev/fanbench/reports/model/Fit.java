package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.UnitFormat;
import java.util.List;
import java.util.Optional;

/**
 * The fan-out law {@code T(N) = a + b·N}, fitted so that relative errors weigh the same at every
 * size.
 *
 * @param fixedNanos a
 * @param perSubscriberNanos b
 * @param worstResidual the largest relative distance of a measured size from the line
 * @param worstFanOut the size that lies there
 * @param sizes how many sizes were fitted
 */
public record Fit(
    double fixedNanos,
    double perSubscriberNanos,
    double worstResidual,
    int worstFanOut,
    int sizes) {

  /** Sizes it takes before a line says anything. */
  public static final int LEAST_SIZES = 3;

  /** Relative distance above which the line does not describe what was measured. */
  public static final double TOLERANCE = 0.25;

  /** One size and its time. */
  public record Point(int fanOut, double nanos) {}

  /** The line through points of at least three different sizes. */
  public static Optional<Fit> of(List<Point> points) {
    if (points.stream().mapToInt(Point::fanOut).distinct().count() < LEAST_SIZES
        || points.stream().anyMatch(p -> p.nanos() <= 0)) {
      return Optional.empty();
    }
    double uu = 0;
    double uv = 0;
    double vv = 0;
    double u = 0;
    double v = 0;
    for (Point point : points) {
      double one = 1 / point.nanos();
      double size = point.fanOut() / point.nanos();
      uu += one * one;
      uv += one * size;
      vv += size * size;
      u += one;
      v += size;
    }
    double determinant = uu * vv - uv * uv;
    return Optional.of(
        measured((u * vv - v * uv) / determinant, (v * uu - u * uv) / determinant, points));
  }

  private static Fit measured(double fixed, double perSubscriber, List<Point> points) {
    double worst = 0;
    int worstFanOut = points.get(0).fanOut();
    for (Point point : points) {
      double residual =
          Math.abs(fixed + perSubscriber * point.fanOut() - point.nanos()) / point.nanos();
      if (residual > worst) {
        worst = residual;
        worstFanOut = point.fanOut();
      }
    }
    return new Fit(fixed, perSubscriber, worst, worstFanOut, points.size());
  }

  /** The law in words, with its residual. */
  public String text() {
    String off = UnitFormat.percent(worstResidual) + " off at " + UnitFormat.count(worstFanOut);
    if (describes()) {
      return UnitFormat.time(fixedNanos)
          + " fixed + "
          + UnitFormat.time(perSubscriberNanos)
          + " for each subscriber (worst fit: "
          + off
          + ")";
    }
    String why =
        worstResidual > TOLERANCE ? "a + b·N is " + off : "the best one has a negative part";
    return "no straight line describes it (" + why + ")";
  }

  /** True when the line may be quoted: close to every size, and neither part negative. */
  public boolean describes() {
    return worstResidual <= TOLERANCE && fixedNanos >= 0 && perSubscriberNanos >= 0;
  }
}
