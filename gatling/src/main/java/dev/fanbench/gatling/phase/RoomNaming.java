package dev.fanbench.gatling.phase;

import dev.fanbench.measurement.workload.Phase;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;

/** The rooms that a phase publishes to. */
public final class RoomNaming {

  private static final SecureRandom RANDOM = new SecureRandom();

  private RoomNaming() {}

  /** A tag that no other load process has, on this machine or another. */
  public static String newTag() {
    return "r" + Integer.toUnsignedString(RANDOM.nextInt(), Character.MAX_RADIX);
  }

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
