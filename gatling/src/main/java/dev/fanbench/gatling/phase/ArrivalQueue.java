package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.measurement.record.PhaseRecorder;
import dev.fanbench.measurement.run.Arrival;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The arrivals of the block that runs now. They are taken in order, go at their intended times, and
 * are counted as they are closed. Thread-safe; one block begins when the one before it has ended.
 */
final class ArrivalQueue {
  private final ArrivalDriver driver;
  private final Fleet fleet;
  private final SendTimer timer;
  private final AtomicInteger closed = new AtomicInteger();

  /** The arrival that the next user takes; under the lock of {@link #armNext}. */
  private int next;

  private volatile PhaseRecorder recorder;
  private volatile int first;

  /** Index behind the last arrival. */
  private volatile int end;

  private volatile CompletableFuture<Void> settled = new CompletableFuture<>();

  ArrivalQueue(ArrivalDriver driver, Fleet fleet, SendTimer timer) {
    this.driver = driver;
    this.fleet = fleet;
    this.timer = timer;
  }

  /** Begins the block of the arrivals from {@code first} up to, without, {@code end}. */
  synchronized void begin(PhaseRecorder recorder, int first, int end) {
    this.recorder = recorder;
    this.first = first;
    this.end = end;
    next = first;
    closed.set(0);
    settled = new CompletableFuture<>();
  }

  /** No user takes a further arrival; those that are armed go at their times. */
  synchronized void stop() {
    next = end;
  }

  /** Completes when every arrival of the block is closed. */
  CompletableFuture<Void> settled() {
    return settled;
  }

  /** An arrival is closed. Those of earlier blocks do not count for the running one. */
  void closed(Arrival arrival) {
    if (arrival.n() >= first && arrival.n() < end && closed.incrementAndGet() == end - first) {
      settled.complete(null);
    }
  }

  /**
   * Takes all arrivals of the block. Each user takes the next one, lets it go at its intended time,
   * takes the one after, and so on in turn with the others.
   *
   * @param users arrivals that can wait for their intended time at once
   * @return completes when no arrival is left
   */
  CompletableFuture<Void> take(int users) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    AtomicInteger left = new AtomicInteger(users);
    for (int user = 0; user < users; user++) {
      takeNext(
          () -> {
            if (left.decrementAndGet() == 0) {
              taken.complete(null);
            }
          });
    }
    return taken;
  }

  private void takeNext(Runnable noneLeft) {
    try {
      if (!armNext(noneLeft)) {
        noneLeft.run();
      }
    } catch (RejectedExecutionException e) {
      // The fleet is closed: the run is over and has been labelled so.
      noneLeft.run();
    }
  }

  /**
   * Takes and arms one arrival at a time, so that no later one is armed first, on whichever loops
   * the users are. The arrivals of a publisher then go in order.
   *
   * @return false when none is left
   */
  private synchronized boolean armNext(Runnable noneLeft) {
    PhaseRecorder current = recorder;
    if (next >= end) {
      return false;
    }
    int n = next++;
    timer.arm(
        driver.executor(n),
        current.intendedAtNanos(n),
        fleet.guarded(
            () -> {
              driver.arrive(n, current);
              takeNext(noneLeft);
            }));
    return true;
  }
}
