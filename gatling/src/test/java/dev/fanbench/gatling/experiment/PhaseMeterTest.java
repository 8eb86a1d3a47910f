package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.floor.FloorServer;
import dev.fanbench.target.TargetCounter;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhaseMeterTest {

  @Test
  void totalsAreStoredAsGrowthAndGaugesAsTheyAre() {
    Map<String, Double> used =
        PhaseMeter.between(
            Map.of("lambda.inProgress", 7.0, "frames.received", 100.0, "connections.open", 9.0),
            Map.of(
                "lambda.inProgress", 5.0,
                "frames.received", 130.0,
                "connections.open", 9.0,
                "quota.frameBytes", 2.0));
    assertEquals(
        Map.of(
            "lambda.inProgress", 5.0,
            "frames.received", 30.0,
            "connections.open", 9.0,
            "quota.frameBytes", 2.0),
        used);
  }

  @Test
  void totalsAreUnknownWhenTheFirstEdgeCouldNotBeRead() {
    assertEquals(
        Map.of("connections.open", 9.0),
        PhaseMeter.between(Map.of(), Map.of("frames.received", 130.0, "connections.open", 9.0)));
  }

  @Test
  void countersOfTheFloorAreDeclared() throws IOException {
    try (FloorServer floor = FloorServer.start()) {
      floor
          .counters()
          .keySet()
          .forEach(name -> assertTrue(TargetCounter.of(name).isPresent(), name));
    }
  }
}
