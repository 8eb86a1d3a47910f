package dev.fanbench.measurement.record;

import static dev.fanbench.measurement.record.Phases.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The end of a phase waits for a report that has begun; a listener that blocks holds one there. */
class CompletionTest {

  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final PhaseRecorder recorder =
      Phases.begun(Phases.plan(Phases.echo(1, 100), 1, 1), arrival -> hold());

  @Test
  void forADelivery() throws InterruptedException {
    recorder.sent(0, 0);
    assertWaitsFor(() -> recorder.deliveries(0).delivered(0, 100, 0, 0, MILLI));
    assertEquals(1, recorder.deliveryCount().delivered());
  }

  @Test
  void forAFailedSend() throws InterruptedException {
    assertWaitsFor(() -> recorder.failed(0));
    assertEquals(1, recorder.deliveryCount().failed());
  }

  private void assertWaitsFor(Runnable report) throws InterruptedException {
    Thread reporting = new Thread(report);
    Thread completing = new Thread(recorder::complete);
    reporting.start();
    assertTrue(inside.await(10, TimeUnit.SECONDS));
    completing.start();
    completing.join(50); // never ends here, however long this waits
    assertTrue(completing.isAlive());
    release.countDown();
    completing.join(10_000);
    assertFalse(completing.isAlive());
    assertTrue(recorder.settled());
    assertTrue(recorder.deliveryCount().balance());
    reporting.join(10_000);
  }

  private void hold() {
    inside.countDown();
    try {
      assertTrue(release.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
