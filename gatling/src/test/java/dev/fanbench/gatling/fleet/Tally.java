package dev.fanbench.gatling.fleet;

import dev.fanbench.measurement.record.DeliveryRecorder;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is reported, from any loop, and lets a test wait for it. */
final class Tally implements DeliveryRecorder {
  private final Semaphore arrived = new Semaphore(0);
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong otherCopies = new AtomicLong();
  private final AtomicLong others = new AtomicLong();
  private final AtomicLong cut = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private volatile int lastSubscriber = -1;

  /** Returns when {@code count} deliveries have been reported that nobody waited for before. */
  void await(int count) throws InterruptedException {
    if (!arrived.tryAcquire(count, 10, TimeUnit.SECONDS)) {
      throw new AssertionError(delivered + " deliveries in all after 10 s, waited for " + count);
    }
  }

  long delivered() {
    return delivered.get();
  }

  long cuts() {
    return cut.get();
  }

  long refusals() {
    return refused.get();
  }

  long otherCopies() {
    return otherCopies.get();
  }

  long others() {
    return others.get();
  }

  int lastSubscriber() {
    return lastSubscriber;
  }

  @Override
  public void delivered(
      int subscriber,
      int publisher,
      int sequence,
      long intendedAtNanos,
      long nowNanos,
      long readLagNanos) {
    lastSubscriber = subscriber;
    delivered.incrementAndGet();
    arrived.release();
  }

  @Override
  public void otherCopy() {
    otherCopies.incrementAndGet();
  }

  @Override
  public void cut() {
    cut.incrementAndGet();
  }

  @Override
  public void refused(long atNanos) {
    refused.incrementAndGet();
  }

  @Override
  public void other() {
    others.incrementAndGet();
  }
}
