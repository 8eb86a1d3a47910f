package dev.fanbench.jmh;

import com.sun.management.ThreadMXBean;
import dev.fanbench.jmh.sockets.FloorProcess;
import dev.fanbench.jmh.sockets.LeanReader;
import dev.fanbench.measurement.host.OpenFileCount;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.IntToLongFunction;

/**
 * Measures the fleet's CPU for a delivery, beside the least that a JVM needs. The floor target
 * writes one publication at a time to a room of 18,000 subscribers. They are the fleet's, then a
 * lean reader's, then a lean reader's, then the fleet's. Exits with 1 if the fleet takes more than
 * 1.5 times the processor time of the lean reader, or makes garbage. {@code jmh/README.md} has the
 * command.
 */
public final class FleetCost {
  private static final int SUBSCRIBERS = 18_000;
  private static final int PUBLICATIONS = 40;
  private static final double MOST_RATIO = 1.5;
  private static final double MOST_BYTES = 1;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * The usage of the thread that reads.
   *
   * @param cpuNanos time on a processor, the kernel's share included
   * @param allocatedBytes heap
   */
  record Cost(long deliveries, long cpuNanos, long allocatedBytes) {

    static Cost soFar(long threadId) {
      return new Cost(
          0, THREADS.getThreadCpuTime(threadId), THREADS.getThreadAllocatedBytes(threadId));
    }

    Cost since(Cost before, long count) {
      return new Cost(count, cpuNanos - before.cpuNanos, allocatedBytes - before.allocatedBytes);
    }

    Cost plus(Cost other) {
      return new Cost(
          deliveries + other.deliveries,
          cpuNanos + other.cpuNanos,
          allocatedBytes + other.allocatedBytes);
    }

    double nanosEach() {
      return (double) cpuNanos / deliveries;
    }

    double bytesEach() {
      return (double) allocatedBytes / deliveries;
    }
  }

  /** Waits until all members have the last publication; false if that takes too long. */
  @FunctionalInterface
  private interface Everybody {
    boolean await() throws InterruptedException;
  }

  private final URI target;
  private final int subscribers;
  private final int publications;

  FleetCost(URI target, int subscribers, int publications) {
    this.target = target;
    this.subscribers = subscribers;
    this.publications = publications;
  }

  /**
   * Runs it.
   *
   * @param arguments subscribers and publications of a turn, or nothing for 18,000 and 40
   */
  public static void main(String[] arguments) throws Exception {
    int subscribers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : SUBSCRIBERS;
    int publications = arguments.length > 1 ? Integer.parseInt(arguments[1]) : PUBLICATIONS;
    OpenFileCount.require(subscribers);
    boolean held;
    try (FloorProcess floor = FloorProcess.start()) {
      held = new FleetCost(floor.url(), subscribers, publications).measure();
    }
    System.exit(held ? 0 : 1);
  }

  private boolean measure() throws Exception {
    System.out.printf(
        Locale.ROOT, "%,d subscribers, %d publications a turn%n", subscribers, publications);
    Cost fleet = fleet("a");
    Cost lean = lean("b").plus(lean("c"));
    fleet = fleet.plus(fleet("d"));
    double ratio = fleet.nanosEach() / lean.nanosEach();
    System.out.printf(
        Locale.ROOT,
        "fleet %,.0f ns and %.2f B per delivery, lean reader %,.0f ns: ratio %.2f, at most %.1f%n",
        fleet.nanosEach(),
        fleet.bytesEach(),
        lean.nanosEach(),
        ratio,
        MOST_RATIO);
    return ratio <= MOST_RATIO && fleet.bytesEach() < MOST_BYTES;
  }

  /** A turn of the fleet; half as many publications go before those that count. */
  Cost fleet(String room) throws IOException, InterruptedException, ExecutionException {
    try (FleetReader reader = FleetReader.join(target, subscribers, warmUp() + publications, room);
        RoomPublisher publisher = RoomPublisher.join(target, room, reader.room().publisher())) {
      return turn(
          publisher, reader.room()::intendedAtNanos, reader.threadId(), reader::awaitPublication);
    }
  }

  /** The same of the lean reader. */
  Cost lean(String room) throws IOException, InterruptedException, ExecutionException {
    try (LeanReader reader = LeanReader.join(target, subscribers, room);
        RoomPublisher publisher = RoomPublisher.join(target, room, 0)) {
      return turn(publisher, n -> 0, reader.threadId(), reader::awaitPublication);
    }
  }

  private Cost turn(
      RoomPublisher publisher, IntToLongFunction intended, long threadId, Everybody everybody)
      throws IOException, InterruptedException, ExecutionException {
    Cost before = Cost.soFar(threadId);
    for (int n = 0; n < warmUp() + publications; n++) {
      if (n == warmUp()) {
        before = Cost.soFar(threadId);
      }
      publisher.publish(n, intended.applyAsLong(n));
      if (!everybody.await()) {
        throw new IOException("publication " + n + " did not reach all members");
      }
    }
    Cost cost = Cost.soFar(threadId).since(before, (long) publications * subscribers);
    System.out.printf(Locale.ROOT, "  %,.0f ns, %.2f B%n", cost.nanosEach(), cost.bytesEach());
    return cost;
  }

  private int warmUp() {
    return publications / 2;
  }
}
