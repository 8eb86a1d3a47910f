package dev.fanbench.gatling.phase;

import dev.fanbench.measurement.workload.PhaseShare;
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
   * A name for each room of the phase. Shards that share a room have the same name for it.
   *
   * @param tag letters and digits that make them new to the target
   */
  public static List<String> of(PhaseShare share, String tag) {
    return IntStream.range(0, share.own().rooms())
        .mapToObj(i -> tag + "-" + share.whole().name() + "-" + share.room(i))
        .toList();
  }
}
