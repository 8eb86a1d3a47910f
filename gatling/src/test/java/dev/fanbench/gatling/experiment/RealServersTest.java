package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanbench.gatling.dialect.PublishRule;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.ServerDescriptor;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PhaseResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of each dialect, with the server that it is for: two clients hear each publication
 * once. A server that is not installed is left out, but never where the variable CI is set.
 */
@Timeout(120)
class RealServersTest {
  private static final Path HOME = Path.of("..");

  /** Those that take long to install or to start; their tests run with {@code -Psoak}. */
  private static final Set<String> LARGE = Set.of("rabbitmq", "spring-stomp", "vertx");

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource
  void twoClientsHearEachPublicationOnce(String server) throws Exception {
    assumeInstalled(server);
    assertDelivered(server);
  }

  static Stream<String> twoClientsHearEachPublicationOnce() {
    return commands().filter(name -> !LARGE.contains(name));
  }

  @ParameterizedTest
  @MethodSource
  void clientsPublishAndHearInEachOfTheirRooms(String server) throws Exception {
    assumeInstalled(server);
    PhaseResult result =
        measured(
            server,
            """
            fanout = [
              { subscribers = 4, rooms = 4, roomsPerClient = 2, count = 80, rate = 100, publishers = all }
            ]
            """);
    DeliveryCount count = result.deliveryCount();
    assertEquals(80, count.delivered(), count::toString);
    assertTrue(count.clean(), count::toString);
    assertEquals(Map.of(), result.examples(), "frames of another kind, and refusals");
  }

  static Stream<String> clientsPublishAndHearInEachOfTheirRooms() {
    return commands()
        .filter(name -> !LARGE.contains(name))
        .filter(name -> ServerDescriptor.read(HOME, name).dialect().joinsSeveralRooms());
  }

  @Tag("soak")
  @ParameterizedTest
  @MethodSource
  void twoClientsOfALargeServerHearEachPublicationOnce(String server) throws Exception {
    assumeInstalled(server);
    assertDelivered(server);
  }

  static Stream<String> twoClientsOfALargeServerHearEachPublicationOnce() {
    return commands().filter(LARGE::contains);
  }

  private static Stream<String> commands() {
    return ServerDescriptor.names(HOME).stream()
        .filter(name -> ServerDescriptor.read(HOME, name).java().isEmpty());
  }

  private static void assumeInstalled(String server) {
    List<String> missing = ServerDescriptor.read(HOME, server).missing();
    assumeTrue(missing.isEmpty() || System.getenv("CI") != null, () -> String.join(" ", missing));
  }

  /** The result of one phase. */
  private PhaseResult measured(String server, String phase) throws Exception {
    Options options = ExperimentInTest.options(directory, server, phase);
    return ExperimentInTest.of(TargetChoice.named(options.home(), server), options)
        .whole()
        .measured()
        .get(0)
        .result();
  }

  private void assertDelivered(String server) throws Exception {
    PhaseResult result =
        measured(server, "fanout = [ { subscribers = 2, count = 20, rate = 50 } ]");
    DeliveryCount count = result.deliveryCount();
    assertEquals(20, count.sent(), count::toString);
    assertEquals(40, count.delivered(), count::toString);
    assertEquals(0, count.missing() + count.duplicates(), count::toString);
    if (!publishesByHttp(server)) {
      assertEquals(0, count.outOfOrder(), count::toString);
    }
    assertEquals(Map.of(), result.examples(), "frames of another kind, and refusals");
    assertTrue(result.target().cpuNanos() > 0, "CPU of the process tree");
  }

  /** Requests that overlap take several connections, so that the server may change their order. */
  private static boolean publishesByHttp(String server) {
    return ServerDescriptor.read(HOME, server).dialect().publish() instanceof PublishRule.Http;
  }
}
