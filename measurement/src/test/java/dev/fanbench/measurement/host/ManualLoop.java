package dev.fanbench.measurement.host;

import dev.fanbench.measurement.clock.ManualNanoClock;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** An event loop in simulated time: it runs what is due when a test lets it. */
final class ManualLoop extends AbstractExecutorService implements ScheduledExecutorService {

  private final ManualNanoClock clock;
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::dueNanos));
  private boolean shutdown;

  ManualLoop(ManualNanoClock clock) {
    this.clock = clock;
  }

  /** Time passes and the loop is free: each timer runs when it is due. */
  void run(long nanos) {
    long end = clock.nanoTime() + nanos;
    runDue();
    while (!timers.isEmpty() && timers.peek().dueNanos <= end) {
      clock.set(timers.peek().dueNanos);
      runDue();
    }
    clock.set(end);
  }

  /** Time passes and the loop is held up: what became due runs afterwards. */
  void stall(long nanos) {
    clock.advance(nanos);
    runDue();
  }

  private void runDue() {
    while (!tasks.isEmpty()) {
      tasks.poll().run();
    }
    while (!timers.isEmpty() && timers.peek().dueNanos <= clock.nanoTime()) {
      timers.poll().run();
    }
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    if (shutdown) {
      throw new RejectedExecutionException("shut down");
    }
    Timer timer = new Timer(task, clock.nanoTime() + unit.toNanos(delay));
    timers.add(timer);
    return timer;
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long delay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long delay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return shutdown;
  }

  private static final class Timer extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final long dueNanos;

    Timer(Runnable task, long dueNanos) {
      super(task, null);
      this.dueNanos = dueNanos;
    }

    long dueNanos() {
      return dueNanos;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Delayed other) {
      throw new UnsupportedOperationException();
    }
  }
}
