package dev.fanbench.measurement.calibration;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Times at which the frames of one publication leave, for log-normal posts with a median of 1.
 * Every scatter plays the same seeded publications, so that results change smoothly with it.
 * Immutable.
 */
final class PostSchedule {
  /** Posts played in all: enough for medians that scatter by less than 1 %. */
  private static final int POSTS = 100_000;

  private static final int FEWEST = 200;

  private final int inFlight;

  /** Of each publication, of each post: how far from the median, in standard deviations. */
  private final double[][] scattered;

  /**
   * Times of the publications, in medians of a post.
   *
   * @param first mean time to first delivery
   * @param last median time to last delivery
   * @param skew median time from first to last
   */
  record Offsets(double first, double last, double skew) {}

  /**
   * @param members posts of a publication, from 1
   * @param inFlight posts that are in flight at most
   * @param seed of the publications
   */
  PostSchedule(int members, int inFlight, long seed) {
    this.inFlight = Math.min(inFlight, members);
    Random random = new Random(seed);
    scattered = new double[Math.max(FEWEST, POSTS / members)][members];
    for (double[] publication : scattered) {
      Arrays.setAll(publication, i -> random.nextGaussian());
    }
  }

  /**
   * Plays the publications.
   *
   * @param sigma scatter: the standard deviation of a post's logarithm
   */
  Offsets at(double sigma) {
    double[] last = new double[scattered.length];
    double[] skew = new double[scattered.length];
    double first = 0;
    for (int n = 0; n < scattered.length; n++) {
      double earliest = Double.MAX_VALUE;
      PriorityQueue<Double> ends = new PriorityQueue<>(inFlight);
      for (int i = 0; i < scattered[n].length; i++) {
        double start = i < inFlight ? 0 : ends.remove();
        double post = Math.exp(sigma * scattered[n][i]);
        double leaves = start + post / 2;
        earliest = Math.min(earliest, leaves);
        last[n] = Math.max(last[n], leaves);
        ends.add(start + post);
      }
      first += earliest;
      skew[n] = last[n] - earliest;
    }
    return new Offsets(first / scattered.length, median(last), median(skew));
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
