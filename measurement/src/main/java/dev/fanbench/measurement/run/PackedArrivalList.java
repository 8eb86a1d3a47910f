package dev.fanbench.measurement.run;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/**
 * Arrivals of a phase in 52 bytes each, columns instead of objects. A run of a day has millions. An
 * {@link Arrival} is made when it is asked for.
 */
final class PackedArrivalList extends AbstractList<Arrival> implements RandomAccess {
  private static final int CHUNK_BITS = 7;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int TIMES = 5;

  private final List<long[]> times = new ArrayList<>();
  private final List<int[]> counts = new ArrayList<>();
  private int size;

  /** A copy that does not change any more; the list itself where it is one. */
  static List<Arrival> copyOf(List<Arrival> arrivals) {
    if (arrivals instanceof PackedArrivalList) {
      return arrivals;
    }
    PackedArrivalList columns = new PackedArrivalList();
    arrivals.forEach(columns::append);
    return columns;
  }

  /** Adds the next one; only before the list is handed on. */
  void append(Arrival arrival) {
    int place = size & CHUNK - 1;
    if (place == 0) {
      times.add(new long[CHUNK * TIMES]);
      counts.add(new int[CHUNK * 3]);
    }
    long[] chunkTimes = times.get(times.size() - 1);
    int at = place * TIMES;
    chunkTimes[at] = arrival.intendedAtNanos();
    chunkTimes[at + 1] = arrival.sentAtNanos();
    chunkTimes[at + 2] = arrival.firstAtNanos();
    chunkTimes[at + 3] = arrival.lastAtNanos();
    chunkTimes[at + 4] = arrival.lagNanos();
    int[] chunkCounts = counts.get(counts.size() - 1);
    chunkCounts[place * 3] = arrival.n();
    chunkCounts[place * 3 + 1] = arrival.delivered();
    chunkCounts[place * 3 + 2] = arrival.missing();
    size++;
  }

  @Override
  public Arrival get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    int place = index & CHUNK - 1;
    int at = place * TIMES;
    long[] chunkTimes = times.get(index >>> CHUNK_BITS);
    int[] chunkCounts = counts.get(index >>> CHUNK_BITS);
    return new Arrival(
        chunkCounts[place * 3],
        chunkTimes[at],
        chunkTimes[at + 1],
        chunkTimes[at + 2],
        chunkTimes[at + 3],
        chunkCounts[place * 3 + 1],
        chunkCounts[place * 3 + 2],
        chunkTimes[at + 4]);
  }

  @Override
  public int size() {
    return size;
  }
}
