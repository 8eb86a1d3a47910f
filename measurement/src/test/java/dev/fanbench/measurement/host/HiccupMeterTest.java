package dev.fanbench.measurement.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.clock.ManualNanoClock;
import dev.fanbench.measurement.clock.SystemNanoClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HiccupMeterTest {

  private static final long MILLI = 1_000_000;

  private final ManualNanoClock clock = new ManualNanoClock(5_000);
  private final ManualLoop loop = new ManualLoop(clock);
  private final List<Long> lateNanos = new ArrayList<>();

  @Test
  void aFreeLoopIsNeverLate() {
    start();
    loop.run(100 * MILLI);
    assertEquals(100, lateNanos.size());
    assertTrue(lateNanos.stream().allMatch(late -> late == 0));
  }

  @Test
  void aStallIsReportedByEachTickItHeldUp() {
    start();
    loop.run(10 * MILLI);
    loop.stall(150 * MILLI);
    loop.run(10 * MILLI);
    assertEquals(170, lateNanos.size());
    assertEquals(149 * MILLI, lateNanos.get(10));
    assertEquals(148 * MILLI, lateNanos.get(11));
    assertEquals(0, lateNanos.get(159));
    assertEquals(149, lateNanos.stream().filter(late -> late > 0).count());
  }

  @Test
  void aClosedMeterIsSilent() {
    HiccupMeter meter = start();
    loop.run(3 * MILLI);
    meter.close();
    loop.run(3 * MILLI);
    assertEquals(3, lateNanos.size());
  }

  @Test
  void aLoopThatShutsDownEndsIt() {
    start();
    loop.run(3 * MILLI);
    loop.shutdown();
    loop.run(3 * MILLI);
    assertEquals(4, lateNanos.size());
  }

  @Test
  void ticksOnARealLoop() throws InterruptedException {
    ScheduledExecutorService real = Executors.newSingleThreadScheduledExecutor();
    CountDownLatch ticks = new CountDownLatch(20);
    try (HiccupMeter meter =
        HiccupMeter.start(
            real, SystemNanoClock.INSTANCE, MILLI, (due, ran) -> countIfOnTime(ticks, due, ran))) {
      assertTrue(ticks.await(10, TimeUnit.SECONDS), meter::toString);
    } finally {
      real.shutdownNow();
    }
  }

  private static void countIfOnTime(CountDownLatch ticks, long due, long ran) {
    if (ran >= due) {
      ticks.countDown();
    }
  }

  private HiccupMeter start() {
    return HiccupMeter.start(loop, clock, () -> MILLI, (due, ran) -> lateNanos.add(ran - due));
  }
}
