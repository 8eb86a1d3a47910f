package dev.fanbench.gatling.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.clock.NanoClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
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

  /**
   * At 60,000/s the thread that arms an arrival may be held up before the loop computes the
   * deadline, for longer than the gap to the next arrival.
   */
  @Test
  void arrivalsThatFollowCloselyGoInTheOrderOfTheirInstants() {
    HeldUpLoop heldUp = new HeldUpLoop();
    SendTimer timer = new SendTimer(clock);
    List<Long> intended = new ArrayList<>();
    for (int n = 0; n < 600; n++) {
      long atNanos = Math.round(n * 1e9 / 60_000) + MILLI / 2;
      intended.add(atNanos);
      timer.arm(heldUp, atNanos, () -> ran.add(atNanos));
    }
    heldUp.runAll();
    assertEquals(intended, ran);
  }

  /** Arrivals a bit less than a millisecond away are not armed early, and the next ones are. */
  @Test
  void anArrivalThatIsArmedEarlyDoesNotKeepTheOneBeforeFromGoing() {
    HeldUpLoop loop = new HeldUpLoop();
    SendTimer timer = new SendTimer(clock);
    long first = SendTimer.SHORTEST_SLEEP_NANOS;
    long second = first + 16_667;
    timer.arm(loop, first, () -> ran.add(nowNanos));
    timer.arm(loop, second, () -> ran.add(nowNanos));
    loop.runAll();
    assertTrue(ran.get(0) < second, ran::toString);
  }

  /** Computes each deadline when it has been held up; runs what is due when all are armed. */
  private final class HeldUpLoop extends ScheduledThreadPoolExecutor {
    private final SplittableRandom random = new SplittableRandom(1);
    private final PriorityQueue<Deadline> deadlines =
        new PriorityQueue<>(Comparator.comparingLong(Deadline::atNanos));

    private record Deadline(long atNanos, Runnable task) {}

    HeldUpLoop() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      long heldUpNanos = random.nextInt(10) == 0 ? random.nextLong(100_000) : 0;
      deadlines.add(new Deadline(nowNanos + heldUpNanos + unit.toNanos(delay), task));
      return null;
    }

    void runAll() {
      while (!deadlines.isEmpty()) {
        Deadline next = deadlines.remove();
        nowNanos = Math.max(nowNanos, next.atNanos());
        next.task().run();
      }
    }
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
