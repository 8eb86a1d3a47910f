package dev.fanbench.measurement.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/**
 * The samples of a series in the order in which they were taken, one for each arrival. They tell
 * how much neighbours resemble each other.
 *
 * @param blocks samples that followed one another, in nanoseconds; {@code Long.MAX_VALUE} for one
 *     that never happened
 */
public record SampleOrder(List<long[]> blocks) {

  /** No samples: all are taken for independent. */
  static final SampleOrder NONE = new SampleOrder(List.of());

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
      case TLS_HANDSHAKE, RECONNECT, HICCUP -> NONE;
    };
  }

  private static SampleOrder of(List<List<Arrival>> blocks, ToLongFunction<Arrival> value) {
    return new SampleOrder(
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
  long worth(Percentile rank, long independent) {
    long[] sorted = blocks.stream().flatMapToLong(LongStream::of).sorted().toArray();
    if (sorted.length == 0 || rank == Percentile.MAX) {
      return independent;
    }
    long limit = sorted[Math.toIntExact(rank.position(sorted.length)) - 1];
    List<EffectiveCount.Block> over = new ArrayList<>();
    for (long[] block : blocks) {
      BitSet bits = new BitSet(block.length);
      for (int i = 0; i < block.length; i++) {
        bits.set(i, block[i] > limit);
      }
      over.add(new EffectiveCount.Block(bits, block.length));
    }
    double share = (double) EffectiveCount.of(over) / sorted.length;
    return independent == 0 ? 0 : Math.max(1, Math.round(share * independent));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SampleOrder samples
        && Arrays.deepEquals(blocks.toArray(), samples.blocks.toArray());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(blocks.toArray());
  }
}
