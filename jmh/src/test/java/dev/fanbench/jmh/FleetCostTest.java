package dev.fanbench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.floor.FloorOptions;
import dev.fanbench.measurement.floor.FloorTarget;
import java.net.URI;
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
    try (FloorTarget floor = FloorTarget.start(FloorOptions.standard())) {
      FleetCost cost = new FleetCost(URI.create(floor.url()), SUBSCRIBERS, PUBLICATIONS);
      for (FleetCost.Cost each : List.of(cost.fleet("a"), cost.lean("b"))) {
        assertEquals(SUBSCRIBERS * PUBLICATIONS, each.deliveries());
        assertTrue(each.cpuNanos() > 0, each.toString());
      }
    }
  }
}
