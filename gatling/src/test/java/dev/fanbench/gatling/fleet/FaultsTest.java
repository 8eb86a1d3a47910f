package dev.fanbench.gatling.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.DeliveryCountBuilder;
import dev.fanbench.measurement.run.FailureInterval;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedSeries;
import dev.fanbench.measurement.run.Series;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a target does wrong is counted, exactly, and nothing else is. */
@Timeout(60)
class FaultsTest {
  private static final int SUBSCRIBERS = 200;
  private static final int PUBLICATIONS = 20;
  private static final int ALL = SUBSCRIBERS * PUBLICATIONS;

  @TempDir private Path runs;

  @Test
  void nothingIsWrong() throws Exception {
    assertCounts(ALL, 0, 0, deliveryCount(new Fault.None()));
  }

  @Test
  void droppedDeliveriesAreMissing() throws Exception {
    int dropped = ALL / 7;
    assertCounts(ALL - dropped, 0, 0, deliveryCount(new Fault.Drop(7)));
  }

  @Test
  void duplicatedDeliveriesAreCountedApart() throws Exception {
    assertCounts(ALL, ALL / 7, 0, deliveryCount(new Fault.Duplicate(7)));
  }

  @Test
  void reorderedDeliveriesAreCountedPerSubscriber() throws Exception {
    assertCounts(ALL, 0, SUBSCRIBERS * PUBLICATIONS / 2, deliveryCount(new Fault.Reorder()));
  }

  @Test
  void aStallIsSeenByEveryPublicationThatHadToWait() throws Exception {
    Fault stall = new Fault.Stall(PUBLICATIONS / 2, Duration.ofMillis(150));
    try (Rehearsal rehearsal = new Rehearsal(runs, stall, SUBSCRIBERS, PUBLICATIONS)) {
      assertCounts(ALL, 0, 0, rehearsal.deliveryCount());
      RecordedSeries response = rehearsal.recorded().series(Series.RESPONSE).orElseThrow();
      assertTrue(response.histogram().getMaxValue() >= 150_000_000);
      // The eleven from the stalled one on were intended within the first 20 ms of it.
      long waited =
          response
              .histogram()
              .getCountBetweenValues(120_000_000, response.histogram().getMaxValue());
      assertTrue(waited >= 11 * SUBSCRIBERS, "waited: " + waited);
    }
  }

  @Test
  void aDeadTargetLosesEveryConnection() throws Exception {
    try (Rehearsal rehearsal = new Rehearsal(runs, new Fault.Die(5), SUBSCRIBERS, PUBLICATIONS)) {
      DeliveryCount deliveryCount = rehearsal.booksOfTheLost();
      assertTrue(deliveryCount.balance());
      assertEquals(PUBLICATIONS, deliveryCount.sent() + deliveryCount.failed());
      assertEquals(SUBSCRIBERS + 1, deliveryCount.lostConnections());
      assertEquals(5L * SUBSCRIBERS, deliveryCount.delivered());
      // It dies at its fifth publication, and no connection is lost before.
      RecordedPhase recorded = rehearsal.recorded();
      long fifthAtNanos = recorded.arrivals().get(4).sentAtNanos();
      List<FailureInterval> lost = recorded.result().failures();
      assertEquals(
          SUBSCRIBERS + 1L,
          lost.stream()
              .filter(each -> each.kind().equals(PhaseResult.LOST))
              .filter(each -> each.endNanos() > fifthAtNanos)
              .filter(each -> each.startNanos() <= recorded.result().endNanos())
              .mapToLong(FailureInterval::count)
              .sum(),
          lost::toString);
    }
  }

  private DeliveryCount deliveryCount(Fault fault) throws Exception {
    try (Rehearsal rehearsal = new Rehearsal(runs, fault, SUBSCRIBERS, PUBLICATIONS)) {
      return rehearsal.deliveryCount();
    }
  }

  private static void assertCounts(
      long delivered, long duplicates, long outOfOrder, DeliveryCount deliveryCount) {
    assertEquals(
        DeliveryCountBuilder.builder()
            .sent(PUBLICATIONS)
            .expected(ALL)
            .delivered(delivered)
            .missing(ALL - delivered)
            .duplicates(duplicates)
            .outOfOrder(outOfOrder)
            .build(),
        deliveryCount);
  }
}
