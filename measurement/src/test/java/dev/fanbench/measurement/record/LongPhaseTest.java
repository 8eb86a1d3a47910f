package dev.fanbench.measurement.record;

import static dev.fanbench.measurement.record.Phases.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.fanbench.measurement.clock.ManualNanoClock;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory of a phase is that of its latest arrivals, and of the subscribers that hear them. */
class LongPhaseTest {
  private static final long SECOND = 1_000 * MILLI;
  private static final long MEGABYTE = 1_000_000;
  private static final int HOURS = 3;
  private static final int RATE = 10;

  /** A tick drains histograms, which is not looked at here. */
  private static final int TICK_SECONDS = 60;

  /** Three hours in one block, as of a target that is measured alone. */
  private static final Phase LONG = Phases.fanOut(3, HOURS * 3_600 * RATE, RATE);

  @TempDir Path directory;
  private final ManualNanoClock clock = new ManualNanoClock(0);
  private RunRecorder run;
  private PhaseRecorder recorder;

  @Test
  void aMapOfWhoHearsWhomIsNotOneOfAllWithAll() {
    Phase phase = new Phase("rooms", PhaseKind.FANOUT, 18_000, 9_000, 9_000, 100, false);
    PhasePlan plan = Phases.plan(phase, 9_000, 1);
    assertEquals(18_000, new SequenceOrder(plan).cells());
    assertEquals(4 * 3, new SequenceOrder(Phases.plan(Phases.fanOut(4, 6, 1), 3, 1)).cells());

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    Phases.begun(plan, ArrivalListener.none()); // its classes are loaded by now
    long before = threads.getThreadAllocatedBytes(thread);
    PhaseRecorder begun = Phases.begun(plan, ArrivalListener.none());
    long allocated = threads.getThreadAllocatedBytes(thread) - before;
    assertEquals(0, begun.deliveryCount().delivered());
    assertTrue(allocated < 12 * MEGABYTE, allocated + " bytes, most of them for histograms");
  }

  @Test
  void whatIsClosedIsWrittenAndLetGo() throws IOException {
    begin();
    for (int second = 0; second < HOURS * 3_600; second++) {
      publish(second, 3);
      assertTrue(
          recorder.segments() <= ArrivalLedger.KEPT_SEGMENTS + 2,
          () -> recorder.segments() + " segments are held");
    }
    DeliveryCount deliveryCount = end();
    assertEquals(3L * LONG.count(), deliveryCount.delivered());
    assertEquals(0, deliveryCount.missing());
    assertTrue(deliveryCount.balance());
  }

  /** An hour is the longest time in a histogram; after it a delivery is late. */
  @Test
  void aTargetThatLosesMessagesKeepsTheMemoryOfAnHour() throws IOException {
    begin();
    int anHour = 3_600 * RATE / ArrivalLedger.SEGMENT;
    for (int second = 0; second < HOURS * 3_600; second++) {
      publish(second, second % 2 == 0 ? 3 : 2);
      assertTrue(
          recorder.segments() <= anHour + ArrivalLedger.KEPT_SEGMENTS + 2,
          () -> recorder.segments() + " segments are held");
    }
    deliver(2, 0); // a copy of one that was whole
    deliver(2, RATE); // one that was given up
    recorder
        .deliveries(0)
        .delivered(2, 0, 0, recorder.intendedAtNanos(0) + 1, run.clock().nanoTime());
    DeliveryCount deliveryCount = end();
    assertEquals(LONG.count() / 2, deliveryCount.missing());
    assertEquals(1, deliveryCount.duplicates());
    assertEquals(1, deliveryCount.late());
    assertEquals(1, deliveryCount.unexpected());
    assertTrue(deliveryCount.balance());
  }

  private void begin() throws IOException {
    run =
        RunRecorder.open(
            directory, Phases.runPlan(LONG), 1, clock, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    recorder = run.begin(LONG, 1, 0, ArrivalListener.none());
  }

  /** The arrivals of one second, each delivered at once to some of the subscribers. */
  private void publish(int second, int subscribers) throws IOException {
    for (int n = second * RATE; n < (second + 1) * RATE; n++) {
      recorder.sent(n, recorder.intendedAtNanos(n));
      for (int s = 0; s < subscribers; s++) {
        deliver(s, n);
      }
    }
    clock.advance(SECOND);
    if (second % TICK_SECONDS == 0) {
      run.tick();
    }
  }

  private void deliver(int subscriber, int n) {
    long intended = recorder.intendedAtNanos(n);
    recorder.deliveries(0).delivered(subscriber, 0, n, intended, intended + MILLI);
  }

  private DeliveryCount end() throws IOException {
    PhaseResult result = run.end(null, null);
    run.close();
    assertEquals(RATE, result.achievedPerSecond(), 1e-9);
    List<String> rows = Files.readAllLines(run.directory().resolve("publications.csv"));
    assertEquals(1 + LONG.count(), rows.size());
    for (int n = 0; n < LONG.count(); n += 1_000) {
      String start = "fanout-3," + n + "," + n * SECOND / RATE + ",";
      assertTrue(rows.get(n + 1).startsWith(start), rows.get(n + 1));
    }
    return result.deliveryCount();
  }
}
