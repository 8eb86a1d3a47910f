package dev.fanbench.measurement.run;

import dev.fanbench.measurement.workload.Shard;
import dev.fanbench.measurement.workload.Workload;
import java.util.List;

/**
 * The part that a run has in one of several load processes.
 *
 * @param index of the process, from 0
 * @param of how many there are
 * @param whole the workload that all of them offered together
 * @param clocks of shard 0, before each block
 */
public record RunShare(int index, int of, Workload whole, List<ClockBound> clocks) {

  public RunShare {
    clocks = clocks == null ? List.of() : List.copyOf(clocks);
  }

  /** The shard that this process was. */
  public Shard shard() {
    return new Shard(index, of);
  }
}
