package dev.fanbench.measurement.record;

import static dev.fanbench.measurement.record.Phases.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.fanbench.measurement.stamp.Stamp;
import dev.fanbench.measurement.stamp.StampReader;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The delivery path makes no garbage: the JVM's own count of this thread's bytes says so. */
class DeliveryAllocationTest {

  private static final int SUBSCRIBERS = 100;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final byte[] frame = new byte[100];

  /** Header, five longs and three ints of an {@code Arrival}. */
  private static final long ARRIVAL_BYTES = 64;

  /** The JVM's own once-only work, far below an object for each delivery. */
  private static final long ONCE_BYTES = 1_000;

  private final StampReader reader = new StampReader();

  @Test
  void nothingIsAllocatedPerDelivery() {
    PhaseRecorder recorder = deliverAll(2_000); // everything is loaded and linked by now
    assertEquals(SUBSCRIBERS * 2_000L, recorder.deliveryCount().delivered());

    PhasePlan plan = Phases.plan(Phases.fanOut(SUBSCRIBERS, 1_000, 10_000), 1, 1);
    PhaseRecorder measured = Phases.begun(plan, ArrivalListener.none());
    long thread = Thread.currentThread().getId();
    threads.getThreadAllocatedBytes(thread);
    long before = threads.getThreadAllocatedBytes(thread);
    publishAndDeliver(measured);
    long allocated = threads.getThreadAllocatedBytes(thread) - before;

    assertEquals(SUBSCRIBERS * 1_000L, measured.deliveryCount().delivered());
    assertTrue(
        measured.deliveryCount().duplicates() == 1_000
            && measured.deliveryCount().otherFrames() == 1_000);
    // A closed arrival is an object; its hundred deliveries are none.
    long allowed = 1_000 * ARRIVAL_BYTES + ONCE_BYTES;
    assertTrue(allocated <= allowed, allocated + " bytes for 100,000 deliveries");
  }

  private PhaseRecorder deliverAll(int count) {
    PhasePlan plan = Phases.plan(Phases.fanOut(SUBSCRIBERS, count, 10_000), 1, 1);
    PhaseRecorder recorder = Phases.begun(plan, ArrivalListener.none());
    publishAndDeliver(recorder);
    return recorder;
  }

  private void publishAndDeliver(PhaseRecorder recorder) {
    DeliveryRecorder loop = recorder.deliveries(0);
    for (int n = 0; n < recorder.phase().count(); n++) {
      long intended = recorder.intendedAtNanos(n);
      Stamp.writePayload(frame, 20, 64, recorder.firstPublisher(), n, intended);
      recorder.sent(n, intended + 1_000);
      for (int s = 0; s < SUBSCRIBERS; s++) {
        deliver(loop, s, intended + MILLI + s);
      }
      deliver(loop, 0, intended + 2 * MILLI); // a duplicate
      loop.other();
      recorder.hiccups(0).tick(intended, intended + 50_000);
    }
  }

  private void deliver(DeliveryRecorder loop, int subscriber, long nowNanos) {
    if (reader.read(frame, 0, frame.length)) {
      loop.delivered(
          subscriber, reader.publisher(), reader.sequence(), reader.intendedAtNanos(), nowNanos);
    }
  }
}
