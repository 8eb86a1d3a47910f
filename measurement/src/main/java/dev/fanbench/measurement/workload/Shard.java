package dev.fanbench.measurement.workload;

/**
 * One of several load processes that offer one workload together. All that it offers is a pure
 * function of the workload and of these two numbers. Of things that are counted from 0, a shard has
 * number {@code index}, {@code index + count} and so on.
 *
 * @param index from 0
 * @param count shards of the run
 */
public record Shard(int index, int count) {

  /** The most shards of a run. */
  public static final int MOST = 1_000;

  /** The only load process of its run. */
  public static final Shard ALONE = new Shard(0, 1);

  public Shard {
    if (count < 1 || count > MOST || index < 0 || index >= count) {
      throw new IllegalArgumentException("there is no shard " + index + "/" + count);
    }
  }

  /** Whether it offers the whole workload. */
  public boolean isAlone() {
    return count == 1;
  }

  /** The number of things, of {@code total}, that are this shard's. */
  public int share(int total) {
    return total <= index ? 0 : (total - index + count - 1) / count;
  }

  /** The number among all things of the shard's own number {@code own}, both from 0. */
  public int nth(int own) {
    return own * count + index;
  }

  /** Another shard of the same run. */
  public Shard other(int another) {
    return new Shard(another, count);
  }

  /** {@code shard 2 of 4}; shards are counted from 0. */
  public String words() {
    return "shard " + index + " of " + count;
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}
