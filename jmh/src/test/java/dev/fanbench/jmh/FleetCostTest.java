package dev.fanbench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.floor.FloorServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That both kinds of reader are served and accounted for; not what they cost. */
@Timeout(60)
class FleetCostTest {
  private static final int SUBSCRIBERS = 20;
  private static final int PUBLICATIONS = 10;

  @Test
  void bothReadersHaveEveryPublication() throws Exception {
    try (FloorServer floor = FloorServer.start()) {
      FleetCost cost = new FleetCost(floor.url(), SUBSCRIBERS, PUBLICATIONS);
      for (FleetCost.Cost each : List.of(cost.fleet("a"), cost.lean("b"))) {
        assertEquals(SUBSCRIBERS * PUBLICATIONS, each.deliveries());
        assertTrue(each.cpuNanos() > 0, each.toString());
      }
    }
  }
}
