package dev.fanbench.measurement.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The median time to last delivery of one block, or of its round trips.
 *
 * @param leastNanos the median of the least times that a perfect load would have measured; 0 or
 *     more
 * @param nanos the median as measured; {@code Long.MAX_VALUE} when half did not arrive
 */
public record BlockMedian(long leastNanos, long nanos) {

  /**
   * One for each block, in order.
   *
   * @param arrivals of the phase, which begins with the first block
   */
  static List<BlockMedian> of(List<Arrival> arrivals, List<List<Arrival>> blocks) {
    int inBlocks = blocks.stream().mapToInt(List::size).sum();
    long[] least = PerfectLoad.leastNanos(arrivals.subList(0, inBlocks));
    List<BlockMedian> medians = new ArrayList<>();
    int from = 0;
    for (List<Arrival> block : blocks) {
      long[] measured = block.stream().mapToLong(BlockMedian::nanos).toArray();
      long[] bounds = Arrays.copyOfRange(least, from, from + block.size());
      for (int i = 0; i < bounds.length; i++) {
        bounds[i] = bounds[i] == PerfectLoad.UNKNOWN ? measured[i] : bounds[i];
      }
      medians.add(new BlockMedian(median(bounds), median(measured)));
      from += block.size();
    }
    return medians;
  }

  private static long nanos(Arrival arrival) {
    return PerfectLoad.isWhole(arrival)
        ? Math.max(0, arrival.lastAtNanos() - arrival.intendedAtNanos())
        : Long.MAX_VALUE;
  }

  private static long median(long[] values) {
    Arrays.sort(values);
    return values.length == 0 ? Long.MAX_VALUE : values[(values.length - 1) / 2];
  }
}
