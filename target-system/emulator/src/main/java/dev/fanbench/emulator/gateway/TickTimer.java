package dev.fanbench.emulator.gateway;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The timers of one event loop, rounded up to ticks. Each post of a model has two, for its frame
 * and its answer. With a timer of its own, each wakes the loop alone, and then the client or the
 * function. Those of one tick share a wake-up.
 *
 * <p>The timers belong to the event loop's thread. Another thread sets one of its own.
 */
final class TickTimer {
  /** The most that a timer is late for its rounding: 2 % of a post at the median of AWS. */
  static final long TICK_NANOS = 200_000;

  private static final FastThreadLocal<TickTimer> OF_THREAD = new FastThreadLocal<>();

  private final EventExecutor loop;
  private final TreeMap<Long, List<Runnable>> byTick = new TreeMap<>();

  /**
   * The ticks that the loop is to wake for, the earliest first. Another one is added only when it
   * is earlier than all of them, so no tick has two, however often a short timer comes after long
   * ones.
   */
  private final Deque<Long> wakeUps = new ArrayDeque<>();

  private TickTimer(EventExecutor loop) {
    this.loop = loop;
  }

  /**
   * Runs a task at the first tick that is not before {@code nanos} from now, in the order of calls.
   * A task without time to wait for runs at once, and so does that of a loop that has stopped.
   */
  static void after(EventExecutor loop, long nanos, Runnable task) {
    if (nanos <= 0) {
      task.run();
      return;
    }
    try {
      if (loop.inEventLoop()) {
        of(loop).add(nanos, task);
      } else {
        var unused = loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
      }
    } catch (RejectedExecutionException stopping) {
      task.run();
    }
  }

  private static TickTimer of(EventExecutor loop) {
    TickTimer timer = OF_THREAD.get();
    if (timer == null || timer.loop != loop) {
      timer = new TickTimer(loop);
      OF_THREAD.set(timer);
    }
    return timer;
  }

  private void add(long nanos, Runnable task) {
    long now = loop.ticker().nanoTime();
    long tick = Math.floorDiv(now + nanos + TICK_NANOS - 1, TICK_NANOS);
    arm(tick, now);
    byTick.computeIfAbsent(tick, unused -> new ArrayList<>()).add(task);
  }

  private void arm(long tick, long now) {
    if (wakeUps.isEmpty() || tick < wakeUps.element()) {
      var unused = loop.schedule(this::run, tick * TICK_NANOS - now, TimeUnit.NANOSECONDS);
      wakeUps.push(tick);
    }
  }

  private void run() {
    long now = loop.ticker().nanoTime();
    wakeUps.pop();
    while (!byTick.isEmpty() && byTick.firstKey() * TICK_NANOS <= now) {
      // As tasks of the loop: one that fails stops no other.
      byTick.pollFirstEntry().getValue().forEach(loop::execute);
    }
    if (!byTick.isEmpty()) {
      arm(byTick.firstKey(), now);
    }
  }
}
