package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.Arrival;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Closes each arrival once, when it can no longer change. It records the arrival's own three
 * samples in a fan-out, and calls the listener.
 */
final class ArrivalCloser {

  final SampleRecorder firstDelivery = SampleRecorder.ofManyWriters();
  final SampleRecorder lastDelivery = SampleRecorder.ofManyWriters();
  final SampleRecorder skew = SampleRecorder.ofManyWriters();

  private final PhasePlan plan;
  private final ArrivalLedger ledger;
  private final ArrivalListener listener;
  private final AtomicInteger closed = new AtomicInteger();

  ArrivalCloser(PhasePlan plan, ArrivalLedger ledger, ArrivalListener listener) {
    this.plan = plan;
    this.ledger = ledger;
    this.listener = listener;
  }

  /** The last delivery of {@code n} has come, or it was sent and none is expected. */
  void whole(int n) {
    close(n, 0);
  }

  /** Arrival {@code n} was sent and is given up with {@code missing} outstanding. */
  void partial(int n, int missing) {
    close(n, missing);
  }

  /** Arrival {@code n} was not and will not be sent. */
  void unsent(int n) {
    long intended = ledger.begun(n) ? ledger.intendedAtNanos(n) : Arrival.NEVER;
    tell(new Arrival(n, intended, Arrival.NEVER, Arrival.NEVER, Arrival.NEVER, 0, 0));
  }

  int count() {
    return closed.get();
  }

  private void close(int n, int missing) {
    Arrival arrival = ledger.arrival(n);
    if (plan.fanOut() && arrival.delivered() > 0) {
      firstDelivery.record(arrival.firstAtNanos() - arrival.intendedAtNanos());
      if (missing == 0) {
        lastDelivery.record(arrival.lastAtNanos() - arrival.intendedAtNanos());
        skew.record(arrival.lastAtNanos() - arrival.firstAtNanos());
      }
    }
    tell(arrival);
  }

  private void tell(Arrival arrival) {
    listener.closed(arrival);
    closed.incrementAndGet();
    ledger.closed(arrival.n());
  }
}
