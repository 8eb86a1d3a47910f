package example;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import dev.fanbench.gatling.Fanout;
import io.gatling.javaapi.core.Simulation;
import java.net.URI;
import java.time.Duration;

/** A thousand subscribers of one room, while other users ask for pages. */
public class ShopSimulation extends Simulation {
  private static final String HOST = System.getProperty("host", "127.0.0.1:9003");

  {
    setUp(
        Fanout.fanout("room")
            .target(URI.create("ws://" + HOST))
            .subscribers(1000)
            .publishers(1)
            .rate(20)
            .duration(Duration.ofSeconds(30))
            .thresholds("p99.lastDelivery<250ms", "faults==0")
            .population(),
        scenario("pages")
            .exec(http("page").get("http://" + HOST + "/"))
            .injectOpen(constantUsersPerSec(10).during(30)));
  }
}
