package dev.fanbench.measurement.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClockTest {

  @Test
  void theSystemClockNeverGoesBack() {
    long before = SystemNanoClock.INSTANCE.nanoTime();
    assertTrue(SystemNanoClock.INSTANCE.nanoTime() - before >= 0);
  }

  @Test
  void aRunClockCountsFromItsEpoch() {
    ManualNanoClock source = new ManualNanoClock(77_000);
    RunClock clock = RunClock.startingNow(source);
    assertEquals(0, clock.nanoTime());
    source.advance(150);
    assertEquals(150, clock.nanoTime());
  }

  @Test
  void aRunClockSurvivesAnOverflowingSource() {
    ManualNanoClock source = new ManualNanoClock(Long.MAX_VALUE - 10);
    RunClock clock = RunClock.startingNow(source);
    source.advance(25);
    assertEquals(25, clock.nanoTime());
  }
}
