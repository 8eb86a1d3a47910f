package dev.fanbench.jmh;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import dev.fanbench.baseline.broadcast.ServerTransport;
import dev.fanbench.jmh.sockets.LoopCost;
import dev.fanbench.jmh.sockets.LoopbackRoom;
import dev.fanbench.jmh.sockets.PlainSocketRoom;
import dev.fanbench.jmh.sockets.RoomProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Measures the cost of a delivery in the in-memory server's broadcaster, beside the floor and
 * Netty's channel group. Turns of half a second alternate (A B C D, D C B A), with 1,000
 * subscribers, and one or 20 publications at a time. Medians of the turns, so that a machine that
 * drifts or stalls favours no side. Rooms of more than 6,000 are processes of their own, because
 * one may not open so many files. Their compilers then know one broadcaster only, so the ratios
 * differ from those in one process. {@code jmh/README.md} has the command.
 *
 * <p>Exits with 1 if one at a time takes more than 1.15 times the floor or 0.9 times the channel
 * group, or allocates more than 8 bytes. Also exits with 1 if 20 at a time take more than 0.15
 * times the floor.
 */
public final class BroadcastCost {
  private static final int SUBSCRIBERS = 1_000;
  private static final int PUBLICATIONS = 100;
  private static final int FLOOD = 20;

  /** Three such rooms stay below 20,000 open files. */
  private static final int MOST_IN_ONE_PROCESS = 6_000;

  private static final int WARM_UP_ROUNDS = 2;
  private static final int ROUNDS = 20;
  private static final double MOST_OF_FLOOR = 1.15;
  private static final double MOST_OF_GROUP = 0.9;
  private static final double MOST_OF_FLOOR_IN_FLOOD = 0.15;
  private static final double MOST_BYTES = 8;

  private BroadcastCost() {}

  /** Makes so many publications to a room of so many. */
  @FunctionalInterface
  private interface Turn {
    LoopCost take() throws IOException, InterruptedException;
  }

  /** One way to broadcast, and what its turns took. */
  private static final class Side {
    private final String name;
    private final Turn turn;
    private final int deliveries;
    private final List<Double> nanos = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();

    Side(String name, int deliveries, Turn turn) {
      this.name = name;
      this.deliveries = deliveries;
      this.turn = turn;
    }

    void take(boolean counts) throws IOException, InterruptedException {
      LoopCost cost = turn.take();
      if (counts) {
        nanos.add((double) cost.cpuNanos() / deliveries);
        bytes.add((double) cost.allocatedBytes() / deliveries);
      }
    }

    double nanosEach() {
      return median(nanos);
    }

    double bytesEach() {
      return median(bytes);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%-24s %,7.0f ns (%,.0f to %,.0f) and %.2f B per delivery",
          name,
          nanosEach(),
          Collections.min(nanos),
          Collections.max(nanos),
          bytesEach());
    }

    private static double median(List<Double> values) {
      double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
  }

  /**
   * Runs it, about a minute; three with 10,000 subscribers and 20 publications.
   *
   * @param arguments subscribers and publications of a turn, at least 20, or nothing for 1,000 and
   *     100
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    // As in the targets that fanbench starts; a watched buffer makes garbage of its own.
    System.setProperty("io.netty.leakDetection.level", "disabled");
    int subscribers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : SUBSCRIBERS;
    int publications = arguments.length > 1 ? Integer.parseInt(arguments[1]) : PUBLICATIONS;
    if (publications < FLOOD) {
      throw new IllegalArgumentException(
          "publications=%d is not allowed; a turn takes %d or more".formatted(publications, FLOOD));
    }
    System.exit(measure(subscribers, publications) ? 0 : 1);
  }

  private static boolean measure(int subscribers, int publications)
      throws IOException, InterruptedException {
    String text = BroadcasterBenchmark.words(64);
    int deliveries = subscribers * publications;
    if (subscribers > MOST_IN_ONE_PROCESS) {
      try (RoomProcess sockets = RoomProcess.floor(subscribers, text);
          RoomProcess theirs = RoomProcess.start(BroadcastKind.CHANNEL_GROUP, subscribers, text);
          RoomProcess ours = RoomProcess.start(BroadcastKind.JOINED, subscribers, text)) {
        return compare(
            new Side("floor", deliveries, () -> sockets.publish(publications, 1)),
            new Side("channel group", deliveries, () -> theirs.publish(publications, 1)),
            new Side("ours, one at a time", deliveries, () -> ours.publish(publications, 1)),
            new Side("ours, 20 at a time", deliveries, () -> ours.publish(publications, FLOOD)));
      }
    }
    try (PlainSocketRoom sockets = PlainSocketRoom.open(subscribers);
        LoopbackRoom theirs = room(BroadcastKind.CHANNEL_GROUP, subscribers);
        LoopbackRoom ours = room(BroadcastKind.JOINED, subscribers)) {
      return compare(
          new Side("floor", deliveries, () -> sockets.publish(text, publications)),
          new Side("channel group", deliveries, () -> theirs.publish(text, publications, 1)),
          new Side("ours, one at a time", deliveries, () -> ours.publish(text, publications, 1)),
          new Side(
              "ours, 20 at a time", deliveries, () -> ours.publish(text, publications, FLOOD)));
    }
  }

  private static boolean compare(Side floor, Side group, Side single, Side flood)
      throws IOException, InterruptedException {
    takeTurns(Arrays.asList(floor, group, single, flood));
    return report(floor, group, single, flood);
  }

  private static LoopbackRoom room(BroadcastKind kind, int subscribers)
      throws IOException, InterruptedException {
    return LoopbackRoom.open(kind, ServerTransport.best(), subscribers);
  }

  private static void takeTurns(List<Side> sides) throws IOException, InterruptedException {
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (Side side : sides) {
        side.take(round >= 0);
      }
      Collections.reverse(sides);
    }
  }

  private static boolean report(Side floor, Side group, Side single, Side flood) {
    for (Side side : List.of(floor, group, single, flood)) {
      System.out.println(side);
    }
    boolean held = within("one at a time to the floor", single, floor, MOST_OF_FLOOR);
    held &= within("one at a time to the channel group", single, group, MOST_OF_GROUP);
    held &= within("20 at a time to the floor", flood, floor, MOST_OF_FLOOR_IN_FLOOD);
    System.out.printf(
        Locale.ROOT,
        "garbage, one at a time: %.2f B, at most %.0f%n",
        single.bytesEach(),
        MOST_BYTES);
    return held && single.bytesEach() <= MOST_BYTES;
  }

  private static boolean within(String what, Side side, Side other, double most) {
    double ratio = side.nanosEach() / other.nanosEach();
    System.out.printf(Locale.ROOT, "%s: %.3f, at most %.2f%n", what, ratio, most);
    return ratio <= most;
  }
}
