package dev.fanbench.gatling.phase;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.FleetOptions;
import dev.fanbench.measurement.clock.SystemNanoClock;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The delay of a send after its instant, on an event loop of the load: 10 µs at p50 and 100 µs at
 * p99 at most. The best of ten rounds counts, since a busy machine only makes it longer. The p99
 * counts in rounds in which the loop hardly waited for a core. Takes ten seconds.
 */
@Tag("soak")
@Timeout(60)
class SendSlipTest {
  private static final long MOST_P50_NANOS = 10_000;
  private static final long MOST_P99_NANOS = 100_000;
  private static final long GAP_NANOS = 5_000_000;
  private static final int COUNT = 200;
  private static final int ROUNDS = 10;

  /** A round of a second is quiet when the loop waited for a core for so long at most. */
  private static final long QUIET_NANOS = 2_000_000;

  @Test
  void aSendLeavesWithinTenMicrosecondsOfItsInstant() throws Exception {
    long p50 = Long.MAX_VALUE;
    long p99 = Long.MAX_VALUE;
    boolean quiet = false;
    try (Fleet fleet =
        Fleet.open(
            FleetOptions.of(URI.create("ws://127.0.0.1:9/none"), SystemNanoClock.INSTANCE))) {
      for (int round = 0; round < ROUNDS; round++) {
        long before = waitedNanos(fleet.executor(0));
        long[] slips = round(fleet.executor(0));
        long waited = waitedNanos(fleet.executor(0)) - before;
        System.out.printf(
            "p50 %,d ns, p99 %,d ns, waited for a core %,d ns%n",
            slips[COUNT / 2], slips[COUNT * 99 / 100], waited);
        p50 = Math.min(p50, slips[COUNT / 2]);
        if (waited <= QUIET_NANOS) {
          quiet = true;
          p99 = Math.min(p99, slips[COUNT * 99 / 100]);
        }
      }
    }
    assertTrue(p50 <= MOST_P50_NANOS, p50 + " ns at p50");
    assumeTrue(quiet, "no round was quiet, so the p99 is not known");
    assertTrue(p99 <= MOST_P99_NANOS, p99 + " ns at p99");
  }

  /** The time that the thread of the loop has waited for a core so far. */
  private static long waitedNanos(ScheduledExecutorService loop) throws Exception {
    String times =
        loop.submit(() -> Files.readString(Path.of("/proc/thread-self/schedstat"))).get();
    return Long.parseLong(times.split(" ", -1)[1]);
  }

  /** Delays in ascending order. */
  private static long[] round(ScheduledExecutorService loop) throws Exception {
    SystemNanoClock clock = SystemNanoClock.INSTANCE;
    SendTimer timer = new SendTimer(clock);
    long[] slips = new long[COUNT];
    CompletableFuture<Void> last = new CompletableFuture<>();
    long startNanos = clock.nanoTime() + GAP_NANOS;
    for (int n = 0; n < COUNT; n++) {
      int index = n;
      long atNanos = startNanos + n * GAP_NANOS;
      timer.arm(
          loop,
          atNanos,
          () -> {
            slips[index] = clock.nanoTime() - atNanos;
            if (index == COUNT - 1) {
              last.complete(null);
            }
          });
    }
    last.get(30, TimeUnit.SECONDS);
    Arrays.sort(slips);
    return slips;
  }
}
