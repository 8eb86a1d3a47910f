package dev.fanbench.gatling;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.measurement.run.UnitFormat;

/** Refuses workloads whose runs the load could not read back for their report. */
final class ArrivalMemory {
  /** The bytes that an arrival takes when runs are read and compared. */
  private static final long BYTES_EACH = 52;

  /** The share of the heap that arrivals may take; sums over them take a quarter as much again. */
  private static final int SHARE = 2;

  private ArrivalMemory() {}

  /**
   * Checks the arrivals of all targets, whose runs are on one page.
   *
   * @throws BadOption with a sentence for the user when they do not fit
   */
  static void require(long arrivals, long heapBytes) {
    long most = heapBytes / SHARE / BYTES_EACH;
    if (arrivals > most) {
      throw new BadOption(
          "The workload makes %s arrivals at all targets together, and a heap of %s has room for %s."
                  .formatted(
                      UnitFormat.count(arrivals),
                      UnitFormat.bytes(heapBytes),
                      UnitFormat.count(most))
              + " Give a shorter duration, a lower rate or fewer targets, or raise -Xmx in"
              + " gatling/load.jvmargs.");
    }
  }
}
