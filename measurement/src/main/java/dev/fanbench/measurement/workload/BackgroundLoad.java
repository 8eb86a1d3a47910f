package dev.fanbench.measurement.workload;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Clients that are not measured, in a phase's rooms or beside them. The target has to serve them
 * like any other. Copies that reach them count as other copies.
 *
 * @param churnPerSecond members who come each second, spread over the rooms; each stays a second
 * @param slow members who read nothing while the phase lasts, spread over the rooms
 * @param chatterPerSecond messages each second in rooms beside the phase's, one from each room;
 *     each has {@value #MEMBERS_BESIDE} members, who talk in turn
 */
public record BackgroundLoad(double churnPerSecond, int slow, double chatterPerSecond) {

  /** Members of each room beside a phase's. */
  public static final int MEMBERS_BESIDE = 10;

  /** The most of each kind. */
  public static final int MOST = 10_000;

  /** The load's counter of those who came in, of all that were to come. */
  public static final String JOINED = "bystanders.joined";

  /** The load's counter of background members that the target did not let in. */
  public static final String REFUSED = "bystanders.refused";

  /** The load's counter of messages that were said in rooms beside the phase's. */
  public static final String SAID = "bystanders.said";

  /** The load's counter of those that could not be, since the connection was closed or full. */
  public static final String UNSAID = "bystanders.unsaid";

  /** No background load. */
  public static final BackgroundLoad NONE = new BackgroundLoad(0, 0, 0);

  public BackgroundLoad {
    require("churn", churnPerSecond);
    require("slow", slow);
    require("chatter", chatterPerSecond);
  }

  private static void require(String key, double value) {
    if (!(value >= 0 && value <= MOST)) {
      throw new IllegalArgumentException(
          "%s=%s is not allowed, must be 0 to %d".formatted(key, value, MOST));
    }
  }

  /** So many times as many. */
  BackgroundLoad times(int processes) {
    return new BackgroundLoad(
        churnPerSecond * processes, slow * processes, chatterPerSecond * processes);
  }

  /** The share of one shard. */
  BackgroundLoad share(Shard shard) {
    return new BackgroundLoad(
        churnPerSecond / shard.count(), shard.share(slow), chatterPerSecond / shard.count());
  }

  /** Whether there is any background load. */
  public boolean any() {
    return churnPerSecond > 0 || slow > 0 || chatterPerSecond > 0;
  }

  /** Rooms beside the phase's. */
  public int roomsBeside() {
    return (int) Math.ceil(chatterPerSecond);
  }

  /** Members of all rooms beside the phase's. */
  public int membersBeside() {
    return roomsBeside() * MEMBERS_BESIDE;
  }

  /** For a phase's name: {@code -churn-20-slow-10-chatter-100}, empty without background load. */
  public String suffix() {
    return part("-churn-%d", churnPerSecond)
        + part("-slow-%d", slow)
        + part("-chatter-%d", chatterPerSecond);
  }

  /**
   * {@code 20 come and go each second}, {@code 10 read nothing}, {@code 100 messages a second in
   * rooms of 10 beside it}; empty without background load.
   */
  public String text() {
    return Stream.of(
            part("%d come and go each second", churnPerSecond),
            part("%d read nothing", slow),
            part(
                "%d messages a second in rooms of " + MEMBERS_BESIDE + " beside it",
                chatterPerSecond))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String part(String words, double value) {
    return value > 0 ? words.formatted(Math.round(value)) : "";
  }
}
