package dev.fanbench.measurement.record;

import java.util.function.LongConsumer;

/**
 * Keeps response times of single subscribers, in a small histogram for each, so that the end of a
 * phase tells which of them waited longest throughout.
 *
 * <p>Up to {@value #MOST} subscribers have one, or each second, fourth and so on of more. So the
 * memory stays below 270 KB, and in a large room few deliveries pay for it. A bucket is 6 % wide.
 * Each subscriber's times come from its own event loop, and are read after all loops have stopped.
 */
final class SubscriberSampler {

  /** The most subscribers with a histogram. */
  static final int MOST = 128;

  /** With fewer deliveries a subscriber has no median of its own. */
  static final int LEAST_FOR_MEDIAN = 8;

  /** With fewer deliveries a subscriber has no p99 of its own. */
  static final int LEAST_FOR_P99 = 100;

  /** Sixteen buckets for each doubling. */
  private static final int FRACTION_BITS = 4;

  /** All times under 1,024 ns are in the first bucket. */
  private static final int LEAST_BITS = 10;

  private static final int BUCKETS = 1 + ((42 - LEAST_BITS) << FRACTION_BITS);
  private static final int NO_SUBSCRIBER = Integer.MAX_VALUE;

  private final int shift;
  private final int mask;
  private final int[] counts;

  /** Histograms for so many subscribers; none when there are fewer than two to compare. */
  SubscriberSampler(int subscribers) {
    int halvings = 0;
    while (sampled(subscribers, halvings) > MOST) {
      halvings++;
    }
    shift = halvings;
    boolean compared = subscribers > 1;
    mask = compared ? (1 << halvings) - 1 : NO_SUBSCRIBER;
    counts = new int[compared ? sampled(subscribers, halvings) * BUCKETS : 0];
  }

  private static int sampled(int subscribers, int halvings) {
    return (subscribers + (1 << halvings) - 1) >> halvings;
  }

  /** Keeps a time that a histogram can hold. Neither blocks nor allocates. */
  void record(int subscriber, long nanos) {
    if ((subscriber & mask) == 0 && SampleRecorder.rankable(nanos)) {
      int at = (subscriber >> shift) * BUCKETS + bucket(nanos);
      if (at < counts.length) {
        counts[at]++;
      }
    }
  }

  private static int bucket(long nanos) {
    int bits = 63 - Long.numberOfLeadingZeros(nanos | 1);
    if (bits < LEAST_BITS) {
      return 0;
    }
    int fraction = (int) (nanos >>> (bits - FRACTION_BITS)) & ((1 << FRACTION_BITS) - 1);
    return 1 + ((bits - LEAST_BITS) << FRACTION_BITS) + fraction;
  }

  /** The middle of a bucket. */
  private static long nanos(int bucket) {
    if (bucket == 0) {
      return 1L << (LEAST_BITS - 1);
    }
    int bits = LEAST_BITS + ((bucket - 1) >> FRACTION_BITS);
    int fraction = (bucket - 1) & ((1 << FRACTION_BITS) - 1);
    long width = 1L << (bits - FRACTION_BITS);
    return (1L << bits) + fraction * width + width / 2;
  }

  /** Tells the median of each subscriber that has one. */
  void medians(LongConsumer each) {
    percentiles(0.5, LEAST_FOR_MEDIAN, each);
  }

  /** Tells the p99 of each subscriber that has one. */
  void p99s(LongConsumer each) {
    percentiles(0.99, LEAST_FOR_P99, each);
  }

  private void percentiles(double share, int least, LongConsumer each) {
    for (int from = 0; from < counts.length; from += BUCKETS) {
      long total = 0;
      for (int bucket = 0; bucket < BUCKETS; bucket++) {
        total += counts[from + bucket];
      }
      if (total >= least) {
        each.accept(nanos(bucketOf(from, (long) Math.ceil(share * total))));
      }
    }
  }

  private int bucketOf(int from, long rank) {
    int bucket = 0;
    for (long seen = counts[from]; seen < rank; seen += counts[from + bucket]) {
      bucket++;
    }
    return bucket;
  }
}
