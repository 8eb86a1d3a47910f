package dev.fanbench.measurement.workload;

/**
 * A workload and the share of it that this load process offers.
 *
 * @param whole as all shards offer it together
 * @param shard that is this process
 */
public record SharedWorkload(Workload whole, Shard shard) {

  /** 2⁶⁴ ÷ golden ratio: spreads the seeds of shards over all bits. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** A workload that one process offers. */
  public static SharedWorkload alone(Workload workload) {
    return new SharedWorkload(workload, Shard.ALONE);
  }

  /**
   * The share as a workload of its own. Its seed is another one for each shard, but intended times
   * are those of the whole.
   *
   * @throws IllegalArgumentException with a sentence when a phase is too small to be shared
   */
  public Workload own() {
    return shard.isAlone()
        ? whole
        : new Workload(
            whole.name(),
            whole.phases().stream().map(phase -> new PhaseShare(phase, shard).own()).toList(),
            whole.arrivals(),
            whole.payloadBytes(),
            whole.drainMillis(),
            whole.seed() + shard.index() * GOLDEN);
  }

  /** Place of a phase, by its name. */
  public int indexOf(Phase phase) {
    for (int index = 0; index < whole.phases().size(); index++) {
      if (whole.phases().get(index).name().equals(phase.name())) {
        return index;
      }
    }
    throw new IllegalArgumentException("workload " + whole.name() + " has no " + phase.name());
  }

  /** The share of a phase, by its name. */
  public PhaseShare share(Phase phase) {
    return new PhaseShare(whole.phases().get(indexOf(phase)), shard);
  }
}
