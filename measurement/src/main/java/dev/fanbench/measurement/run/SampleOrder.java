package dev.fanbench.measurement.run;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/**
 * The samples of a series in the order in which they were taken, one for each arrival. They tell
 * how much neighbours resemble each other.
 *
 * <p>The samples themselves are not kept: of each percentile it is computed once, when first asked,
 * how many independent ones they are worth. Thread-safe.
 */
public final class SampleOrder {

  /** No samples: all are taken for independent. */
  static final SampleOrder NONE = new SampleOrder(List::of);

  private final Supplier<List<long[]>> samples;

  /** By percentile, the share of independent ones; empty without samples, null before asked. */
  private Map<Percentile, Double> shares;

  private SampleOrder(Supplier<List<long[]>> samples) {
    this.samples = samples;
  }

  /**
   * Samples at hand.
   *
   * @param blocks samples that followed one another, in nanoseconds; {@code Long.MAX_VALUE} for one
   *     that never happened
   */
  static SampleOrder of(List<long[]> blocks) {
    return new SampleOrder(() -> blocks);
  }

  /**
   * The samples of one series.
   *
   * @param blocks the arrivals of one phase, in order
   */
  static SampleOrder of(Series series, List<List<Arrival>> blocks) {
    return switch (series) {
      case RESPONSE, LAST_DELIVERY ->
          of(blocks, a -> whole(a, a.lastAtNanos() - a.intendedAtNanos()));
      case SERVICE -> of(blocks, a -> whole(a, a.lastAtNanos() - a.sentAtNanos()));
      case FIRST_DELIVERY ->
          of(
              blocks,
              a ->
                  a.delivered() == 0
                      ? Long.MAX_VALUE
                      : Math.max(0, a.firstAtNanos() - a.intendedAtNanos()));
      case SKEW -> of(blocks, a -> whole(a, a.lastAtNanos() - a.firstAtNanos()));
      case SEND_DELAY -> of(blocks, a -> Math.max(0, a.sentAtNanos() - a.intendedAtNanos()));
      case READ_LAG -> of(blocks, a -> Math.max(0, a.lagNanos()));
      case TLS_HANDSHAKE,
          RECONNECT,
          SAME_NODE,
          OTHER_NODE,
          SUBSCRIBER_P50,
          SUBSCRIBER_P99,
          HICCUP ->
          NONE;
    };
  }

  private static SampleOrder of(List<List<Arrival>> blocks, ToLongFunction<Arrival> value) {
    return new SampleOrder(
        () ->
            blocks.stream()
                .map(
                    block ->
                        block.stream()
                            .filter(arrival -> arrival.sentAtNanos() != Arrival.NEVER)
                            .mapToLong(value)
                            .toArray())
                .toList());
  }

  private static long whole(Arrival arrival, long nanos) {
    return arrival.missing() == 0 ? Math.max(0, nanos) : Long.MAX_VALUE;
  }

  /**
   * The number of independent samples that tell as much about a percentile as these.
   *
   * @param independent how many would be independent if neighbours did not resemble each other
   */
  synchronized long worth(Percentile rank, long independent) {
    if (rank == Percentile.MAX) {
      return independent;
    }
    if (shares == null) {
      shares = shares(samples.get());
    }
    Double share = shares.get(rank);
    if (share == null) {
      return independent;
    }
    return independent == 0 ? 0 : Math.max(1, Math.round(share * independent));
  }

  private static Map<Percentile, Double> shares(List<long[]> blocks) {
    Map<Percentile, Double> shares = new EnumMap<>(Percentile.class);
    long[] sorted = blocks.stream().flatMapToLong(LongStream::of).sorted().toArray();
    if (sorted.length == 0) {
      return shares;
    }
    for (Percentile rank : EnumSet.complementOf(EnumSet.of(Percentile.MAX))) {
      long limit = sorted[Math.toIntExact(rank.position(sorted.length)) - 1];
      shares.put(rank, (double) EffectiveCount.of(over(blocks, limit)) / sorted.length);
    }
    return shares;
  }

  private static List<EffectiveCount.Block> over(List<long[]> blocks, long limit) {
    List<EffectiveCount.Block> over = new ArrayList<>();
    for (long[] block : blocks) {
      BitSet bits = new BitSet(block.length);
      for (int i = 0; i < block.length; i++) {
        bits.set(i, block[i] > limit);
      }
      over.add(new EffectiveCount.Block(bits, block.length));
    }
    return over;
  }
}
