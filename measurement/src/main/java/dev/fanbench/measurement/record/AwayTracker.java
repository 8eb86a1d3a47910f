package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.Arrival;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Records the times when subscribers were away in a phase with an outage. Deliveries missed for
 * that reason are so told apart from those that the target lost. A subscriber is told of on its own
 * loop; any thread may ask.
 */
final class AwayTracker {
  private static final long NEVER = Arrival.NEVER;

  final SampleRecorder reconnect = SampleRecorder.ofManyWriters();

  private final PhasePlan plan;

  /** Per subscriber, all on the run's clock: its first loss, its latest, and its last return. */
  private final AtomicLongArray first;

  private final AtomicLongArray latest;
  private final AtomicLongArray back;

  AwayTracker(PhasePlan plan) {
    this.plan = plan;
    first = never(plan.phase().subscribers());
    latest = never(plan.phase().subscribers());
    back = never(plan.phase().subscribers());
  }

  void away(int subscriber, long atNanos) {
    first.compareAndSet(subscriber, NEVER, atNanos);
    latest.set(subscriber, atNanos);
    back.set(subscriber, NEVER);
  }

  void back(int subscriber, long atNanos) {
    back.set(subscriber, atNanos);
    reconnect.record(atNanos - latest.get(subscriber));
  }

  /** Subscribers that are away. */
  long away() {
    long away = 0;
    for (int s = 0; s < first.length(); s++) {
      away += first.get(s) != NEVER && back.get(s) == NEVER ? 1 : 0;
    }
    return away;
  }

  /** From the first loss to the last return; empty when no subscriber left or one is still away. */
  OptionalLong allBackNanos() {
    long from = Long.MAX_VALUE;
    long to = NEVER;
    for (int s = 0; s < first.length(); s++) {
      if (first.get(s) != NEVER) {
        from = Math.min(from, first.get(s));
        to = Math.max(to, back.get(s));
      }
    }
    return to == NEVER || away() > 0 ? OptionalLong.empty() : OptionalLong.of(to - from);
  }

  /** Of the deliveries of arrival {@code n} that did not come, those whose subscriber was away. */
  int missed(int n, LedgerSegment segment) {
    if (!plan.phase().outage().any()) {
      return 0;
    }
    DeliveryBitmap audience = segment.audience;
    int place = segment.place(plan.turn(n));
    long sentAtNanos = segment.sentAtNanos(n);
    int missed = 0;
    for (int s = plan.room(n); s < audience.rows(); s += plan.phase().rooms()) {
      if (!plan.sends(s, n) && !audience.has(s, place) && excuses(s, sentAtNanos)) {
        missed++;
      }
    }
    return missed;
  }

  /**
   * Whether what was sent then could not reach the subscriber: it was not back yet, and it was lost
   * before or less than the drain time after. An older message had enough time to arrive.
   */
  private boolean excuses(int subscriber, long sentAtNanos) {
    long lost = first.get(subscriber);
    long returned = back.get(subscriber);
    return lost != NEVER
        && lost < sentAtNanos + plan.drainNanos()
        && (returned == NEVER || sentAtNanos < returned);
  }

  private static AtomicLongArray never(int length) {
    AtomicLongArray values = new AtomicLongArray(length);
    for (int i = 0; i < length; i++) {
      values.setPlain(i, NEVER);
    }
    return values;
  }
}
