package dev.fanbench.measurement.schedule;

import dev.fanbench.measurement.workload.Shard;

/**
 * The arrivals of one shard, at the instants that the whole schedule has for them. The first one is
 * at 0 for the first shard only.
 *
 * @param whole of all shards
 * @param shard whose arrivals they are
 */
public record SharedSchedule(SendSchedule whole, Shard shard) implements SendSchedule {

  @Override
  public long offsetNanos(int n) {
    return whole.offsetNanos(shard.nth(n));
  }

  @Override
  public long blockOffsetNanos(int first) {
    return whole.offsetNanos(shard.other(0).nth(first));
  }
}
