package dev.fanbench.measurement.host;

import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.record.HiccupRecorder;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Watches an event loop's own timer. A stall that delays a tick delays deliveries too, and the
 * target did not cause it.
 *
 * <p>Ticks are due on a fixed grid. A loop that was held up for 150 ms reports 150 ticks of a 1 ms
 * grid. Each is late by the rest of the stall, so that percentiles weigh a stall by its length.
 */
public final class HiccupMeter implements AutoCloseable {

  /** Fine enough to see a stall of a millisecond, at about 1 % of a core. */
  public static final long DEFAULT_PERIOD_NANOS = 1_000_000;

  private final ScheduledExecutorService loop;
  private final NanoClock clock;
  private final LongSupplier gapNanos;
  private final HiccupRecorder recorder;
  private long dueNanos;
  private volatile boolean stopped;

  private HiccupMeter(
      ScheduledExecutorService loop,
      NanoClock clock,
      LongSupplier gapNanos,
      HiccupRecorder recorder) {
    this.loop = loop;
    this.clock = clock;
    this.gapNanos = gapNanos;
    this.recorder = recorder;
  }

  /**
   * Starts ticking, with random gaps from half the period to one and a half. On a grid the ticks
   * would wake the loop just before arrivals at whole milliseconds, or always just after.
   *
   * @param loop a single-threaded executor, such as a Netty event loop; the recorder is called on
   *     it
   * @param clock the run's clock
   * @param periodNanos mean gap
   */
  public static HiccupMeter start(
      ScheduledExecutorService loop, NanoClock clock, long periodNanos, HiccupRecorder recorder) {
    SplittableRandom random = new SplittableRandom();
    return start(loop, clock, () -> periodNanos / 2 + random.nextLong(periodNanos), recorder);
  }

  /** The same with gaps of any other kind. */
  static HiccupMeter start(
      ScheduledExecutorService loop,
      NanoClock clock,
      LongSupplier gapNanos,
      HiccupRecorder recorder) {
    HiccupMeter meter = new HiccupMeter(loop, clock, gapNanos, recorder);
    loop.execute(meter::first);
    return meter;
  }

  /** Ticks no more; a tick that is running ends first. */
  @Override
  public void close() {
    stopped = true;
  }

  private void first() {
    long gap = gapNanos.getAsLong();
    dueNanos = clock.nanoTime() + gap;
    next(gap);
  }

  private void tick() {
    if (stopped) {
      return;
    }
    long nowNanos = clock.nanoTime();
    while (dueNanos <= nowNanos) {
      recorder.tick(dueNanos, nowNanos);
      dueNanos += gapNanos.getAsLong();
    }
    next(dueNanos - nowNanos);
  }

  // A refused timer means that the loop has shut down; a failing tick would fail on its loop.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void next(long delayNanos) {
    try {
      loop.schedule(this::tick, delayNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      stopped = true;
    }
  }
}
