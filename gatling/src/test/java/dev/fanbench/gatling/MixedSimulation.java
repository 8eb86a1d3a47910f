package dev.fanbench.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A user's simulation: a scenario of its own beside the fan-out. */
public final class MixedSimulation extends Simulation {
  /** Called by Gatling. */
  public MixedSimulation() {
    setUp(
        Fanout.fanout("room")
            .target(URI.create(System.getProperty("mixed.url")))
            .directory(Path.of(System.getProperty("mixed.directory")))
            .option("warmUp", "0s")
            .option("drain", "1s")
            .option("pin", "off")
            .subscribers(3)
            .rate(40)
            .duration(Duration.ofSeconds(1))
            .thresholds("faults==0")
            .population(),
        scenario("others")
            .exec(
                session -> {
                  System.out.println("another user");
                  return session;
                })
            .injectOpen(atOnceUsers(2)));
  }
}
