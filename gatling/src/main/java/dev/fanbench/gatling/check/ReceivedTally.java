package dev.fanbench.gatling.check;

import dev.fanbench.measurement.record.DeliveryRecorder;

/** Counts the deliveries of a check. Thread-safe. */
final class ReceivedTally implements DeliveryRecorder {
  private final boolean[] seen;
  private int duplicates;
  private int ownCopies;
  private int cut;
  private int refused;

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
    notifyAll();
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
  public synchronized void refused() {
    refused++;
    notifyAll();
  }

  /** Waits until this many publications have arrived, something was refused, or it is too late. */
  synchronized int await(int wanted, long untilMillis) throws InterruptedException {
    long left = untilMillis - System.currentTimeMillis();
    while (count() < wanted && refused == 0 && left > 0) {
      wait(left);
      left = untilMillis - System.currentTimeMillis();
    }
    return count();
  }

  private int count() {
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
