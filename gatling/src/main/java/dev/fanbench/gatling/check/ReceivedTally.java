package dev.fanbench.gatling.check;

import dev.fanbench.measurement.record.DeliveryRecorder;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Counts the deliveries of a check. Thread-safe. */
final class ReceivedTally implements DeliveryRecorder {
  private final boolean[] seen;
  private final CountDownLatch over = new CountDownLatch(1);
  private int duplicates;
  private int ownCopies;
  private int cut;

  /**
   * @param publications to expect
   */
  ReceivedTally(int publications) {
    seen = new boolean[publications];
  }

  @Override
  public synchronized void delivered(
      int subscriber,
      int publisher,
      int sequence,
      long intendedAtNanos,
      long nowNanos,
      long readLagNanos) {
    if (sequence >= 0 && sequence < seen.length) {
      duplicates += seen[sequence] ? 1 : 0;
      seen[sequence] = true;
    }
    if (count() == seen.length) {
      over.countDown();
    }
  }

  @Override
  public synchronized void otherCopy() {
    ownCopies++;
  }

  @Override
  public void other() {}

  @Override
  public synchronized void cut() {
    cut++;
  }

  @Override
  public void refused(long atNanos) {
    over.countDown();
  }

  /**
   * Waits until all publications have arrived, something was refused, or it is too late.
   *
   * @return how many have arrived
   */
  int await(Duration longest) throws InterruptedException {
    boolean unused = over.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    return count();
  }

  private synchronized int count() {
    int count = 0;
    for (boolean each : seen) {
      count += each ? 1 : 0;
    }
    return count;
  }

  synchronized int duplicates() {
    return duplicates;
  }

  synchronized int ownCopies() {
    return ownCopies;
  }

  synchronized int cuts() {
    return cut;
  }
}
