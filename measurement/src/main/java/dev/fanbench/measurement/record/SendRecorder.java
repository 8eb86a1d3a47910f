package dev.fanbench.measurement.record;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.WriterReaderPhaser;

/** The sending side of a phase. Any thread may report; closing waits for reports on their way. */
final class SendRecorder {

  final SampleRecorder sendDelay = SampleRecorder.ofManyWriters();
  final SampleRecorder tlsHandshake = SampleRecorder.ofManyWriters();

  private final PhasePlan plan;
  private final ArrivalLedger ledger;
  private final ArrivalCloser closing;
  private final AwayTracker absences;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong untried = new AtomicLong();
  private final AtomicLong expected = new AtomicLong();
  private final AtomicLong missing = new AtomicLong();
  private final AtomicLong missedAway = new AtomicLong();
  private final WriterReaderPhaser phaser = new WriterReaderPhaser();
  private volatile boolean closed;

  /** Arrivals from the first on that were given up, or need not be. */
  private int givenUp;

  SendRecorder(PhasePlan plan, ArrivalLedger ledger, ArrivalCloser closing, AwayTracker absences) {
    this.plan = plan;
    this.ledger = ledger;
    this.closing = closing;
    this.absences = absences;
  }

  void sent(int n, long atNanos) {
    long section = phaser.writerCriticalSectionEnter();
    try {
      if (closed) {
        return;
      }
      int deliveries = plan.expected(n);
      sent.incrementAndGet();
      expected.addAndGet(deliveries);
      if (!ledger.open(n, atNanos, deliveries)) {
        sent.decrementAndGet();
        expected.addAndGet(-deliveries);
        throw new IllegalStateException(
            "phase " + plan.phase().name() + ": arrival " + n + " was already sent or failed");
      }
      sendDelay.record(atNanos - ledger.intendedAtNanos(n));
      if (deliveries == 0) {
        closing.whole(n);
      }
    } finally {
      phaser.writerCriticalSectionExit(section);
    }
  }

  void secured(long handshakeNanos) {
    long section = phaser.writerCriticalSectionEnter();
    try {
      if (!closed) {
        tlsHandshake.record(handshakeNanos);
      }
    } finally {
      phaser.writerCriticalSectionExit(section);
    }
  }

  void failed(int n) {
    long section = phaser.writerCriticalSectionEnter();
    try {
      if (closed) {
        return;
      }
      if (ledger.give(n, ArrivalLedger.FAILED)) {
        failed.incrementAndGet();
        closing.unsent(n);
      } else {
        giveUp(n);
      }
    } finally {
      phaser.writerCriticalSectionExit(section);
    }
  }

  /**
   * Gives up on arrivals of which no delivery can be timed any more, as they are older than the
   * longest time in a histogram. So a target that loses messages does not keep their memory. Not in
   * a phase with an outage, where the reason is known at its end. For one thread.
   */
  void giveUpBefore(long nowNanos) {
    if (plan.phase().outage().any()) {
      return;
    }
    long section = phaser.writerCriticalSectionEnter();
    try {
      int old = closed ? 0 : ledger.due(nowNanos - SampleRecorder.HIGHEST_NANOS);
      while (old > givenUp) {
        giveUp(givenUp++);
      }
    } finally {
      phaser.writerCriticalSectionExit(section);
    }
  }

  void untried(int n) {
    long section = phaser.writerCriticalSectionEnter();
    try {
      if (closed) {
        return;
      }
      if (!ledger.give(n, ArrivalLedger.FAILED)) {
        int deliveries = ledger.withdraw(n);
        if (deliveries == 0) {
          return;
        }
        sent.decrementAndGet();
        expected.addAndGet(-deliveries);
      }
      untried.incrementAndGet();
      closing.unsent(n);
    } finally {
      phaser.writerCriticalSectionExit(section);
    }
  }

  /** Stops reports and waits for those that have begun. By one thread, once. */
  void close() {
    closed = true;
    phaser.readerLock();
    try {
      phaser.flipPhase();
    } finally {
      phaser.readerUnlock();
    }
  }

  /** Closes all open arrivals, once no thread can send or deliver any more. */
  void settle() {
    for (int n = 0; n < ledger.size(); n++) {
      if (ledger.give(n, ArrivalLedger.ABANDONED)) {
        closing.unsent(n);
      } else {
        giveUp(n);
      }
    }
  }

  /**
   * Arrivals per second really sent:
   *
   * <pre>achieved = offered rate × sent ÷ arrivals × planned span ÷ real span</pre>
   *
   * A span reaches from the first intended time of a block to one mean gap after its last arrival.
   * For bursts it is the gap between two of them. The spans of all blocks are added up. The planned
   * span uses intended times and the real one uses sent times, and is never shorter than the
   * planned. So a load that keeps its schedule achieves exactly the offered rate, with constant and
   * with Poisson arrivals, however few they are. Neither the last slot nor the random draw lowers
   * it. Arrivals that were not sent, or sent after the schedule's end, do.
   */
  double achievedPerSecond() {
    double planned = 0;
    double real = 0;
    for (int block = 0; block < ledger.blocksBegun(); block++) {
      double span = plannedNanos(block);
      planned += span;
      real += Math.max(span, realNanos(block));
    }
    return sent.get() == 0
        ? 0
        : plan.phase().ratePerSecond() * sent.get() / ledger.size() * planned / real;
  }

  private double plannedNanos(int block) {
    int last = plan.phase().firstOfBlock(block + 1) - 1;
    return ledger.intendedAtNanos(last) - ledger.startNanos(block) + gapNanos();
  }

  private double realNanos(int block) {
    return ledger.lastSentNanos(block) - ledger.startNanos(block) + gapNanos();
  }

  private double gapNanos() {
    return 1e9 * plan.phase().burst() / plan.phase().ratePerSecond();
  }

  long sent() {
    return sent.get();
  }

  long failed() {
    return failed.get();
  }

  long untried() {
    return untried.get();
  }

  long expected() {
    return expected.get();
  }

  long missing() {
    return missing.get();
  }

  long missedAway() {
    return missedAway.get();
  }

  private void giveUp(int n) {
    int outstanding = ledger.close(n);
    if (outstanding > 0) {
      int away = absences.missed(n, ledger.segment(n));
      missedAway.addAndGet(away);
      missing.addAndGet(outstanding - away);
      closing.partial(n, outstanding);
    }
  }
}
