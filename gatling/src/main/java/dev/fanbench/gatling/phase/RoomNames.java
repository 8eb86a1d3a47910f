package dev.fanbench.gatling.phase;

import dev.fanbench.measurement.workload.Phase;
import java.util.List;
import java.util.stream.IntStream;

/** The rooms that a phase publishes to. */
public final class RoomNames {

  private RoomNames() {}

  /**
   * A name for each room of the phase.
   *
   * @param tag letters and digits that make them new to the target
   */
  public static List<String> of(Phase phase, String tag) {
    return IntStream.range(0, phase.rooms())
        .mapToObj(i -> tag + "-" + phase.name() + "-" + i)
        .toList();
  }
}
