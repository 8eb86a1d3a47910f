package dev.fanbench.gatling.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.measurement.clock.NanoClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendTimerTest {
  private static final long MILLI = 1_000_000;

  /** Each look at it takes a microsecond. */
  private long nowNanos;

  private final NanoClock clock = () -> nowNanos += 1_000;
  private final List<Long> delays = new ArrayList<>();
  private final ScheduledThreadPoolExecutor loop = new Sleepless();
  private final List<Long> ran = new ArrayList<>();

  @AfterEach
  void end() {
    loop.shutdownNow();
  }

  @Test
  void aLoopThatSleepsIsWokenEarlyAndSpinsForTheRest() {
    new SendTimer(clock).arm(loop, 5 * MILLI, () -> ran.add(nowNanos));
    assertEquals(List.of(5 * MILLI - 1_000 - SendTimer.EARLY_NANOS), delays);
    assertEquals(List.of(5 * MILLI), ran);
  }

  @Test
  void aLoopThatIsHardlyIdleDoesNotSpin() {
    new SendTimer(clock).arm(loop, MILLI / 2, () -> ran.add(nowNanos));
    assertEquals(List.of(MILLI / 2 - 1_000), delays);
    assertEquals(List.of(MILLI / 2), ran);
  }

  @Test
  void whatIsLateGoesAtOnce() {
    nowNanos = 9 * MILLI;
    new SendTimer(clock).arm(loop, 5 * MILLI, () -> ran.add(nowNanos));
    assertEquals(List.of(9 * MILLI + 2_000), ran);
  }

  /** Runs each task at once, after the delay has passed on the test's clock. */
  private final class Sleepless extends ScheduledThreadPoolExecutor {
    Sleepless() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      delays.add(unit.toNanos(delay));
      nowNanos += Math.max(0, unit.toNanos(delay) - 1_000);
      task.run();
      return null;
    }
  }
}
