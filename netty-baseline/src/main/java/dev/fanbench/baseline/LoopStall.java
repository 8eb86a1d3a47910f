package dev.fanbench.baseline;

import dev.fanbench.baseline.broadcast.ServerLoopGroup;
import dev.fanbench.target.FaultInjector;
import dev.fanbench.target.FaultRequest;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The fault {@code stallMillis}: every event loop stands still once, for so many milliseconds. It
 * is in force when {@link #inject} returns.
 */
final class LoopStall implements FaultInjector {
  private static final String NAME = "stallMillis";
  private static final int LONGEST_MILLIS = 10_000;

  private final ServerLoopGroup loops;

  LoopStall(ServerLoopGroup loops) {
    this.loops = loops;
  }

  @Override
  public void inject(FaultRequest fault) {
    if (!fault.names().equals(Set.of(NAME))) {
      throw new IllegalArgumentException(
          "fault %s is not allowed; this target takes %s"
              .formatted(String.join(", ", fault.names()), NAME));
    }
    int millis = millis(fault.value(NAME).orElseThrow());
    CountDownLatch standing = new CountDownLatch(loops.all().size());
    loops.all().forEach(loop -> loop.execute(() -> stall(standing, millis)));
    try {
      standing.await(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static int millis(String source) {
    if (source.matches("[0-9]{1,5}") && Integer.parseInt(source) <= LONGEST_MILLIS) {
      return Integer.parseInt(source);
    }
    throw new IllegalArgumentException(
        "%s=%s is not allowed; %1$s takes 0 to %d".formatted(NAME, source, LONGEST_MILLIS));
  }

  private static void stall(CountDownLatch standing, int millis) {
    standing.countDown();
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
