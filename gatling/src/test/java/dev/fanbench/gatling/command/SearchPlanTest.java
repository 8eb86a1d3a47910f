package dev.fanbench.gatling.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.measurement.search.SearchedQuantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchPlanTest {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  @Test
  void aStepIsLongEnoughForItsThreshold() {
    SearchPlan offers =
        offers(SearchedQuantity.RATE, "subscribers=100", "slo=p99.lastDelivery<50ms");
    assertEquals("27s", offers.at(40, 1).values().get("duration"));
    assertEquals("10s", offers.at(400, 1).values().get("duration"));
    assertEquals("106s", offers.at(40, 4).values().get("duration"));
    assertEquals("p99.lastDelivery<50ms", offers.thresholds());
  }

  @Test
  void whatIsSearchedChangesAndTheRestStays() {
    SearchPlan offers = offers(SearchedQuantity.SUBSCRIBERS, "rate=4", "target=netty");
    SettingList step = offers.at(250, 1);
    assertEquals("250", step.values().get("subscribers"));
    assertEquals("4", step.values().get("rate"));
    assertEquals("26s", step.values().get("duration"));
    assertEquals(List.of("netty"), offers.targets());
    assertEquals("4/s", offers.fixed());
  }

  @Test
  void theFirstRateMakesAFewThousandDeliveries() {
    assertEquals(4, offers(SearchedQuantity.RATE, "subscribers=1000").first());
  }

  @ParameterizedTest
  @CsvSource({
    "rate=4, A search for rate takes subscribers=",
    "subscribers=10 rate=4, A search for rate takes subscribers=",
    "subscribers=ten, one number over 0",
    "subscribers=10 slo=p99.connect<1ms, connect",
    "subscribers=10 rooms=3, rooms=3 does not divide",
    "subscribers=10 colour=blue, colour is not a known key",
    "subscribers=10 target=netty floor=on, 'make 2 runs for target=netty: floor, netty.'",
    "'subscribers=10 target=netty,serverless variants=standard;registry=scan', make 2 runs for target=serverless",
    "subscribers=10 nodes=2, nodes=2 is for servers",
    "'subscribers=10 target=ws://127.0.0.1:1,netty dialect=stomp', dialect=stomp is for targets by URL",
    "'subscribers=10 target=ws://127.0.0.1:1,ws://127.0.0.1:2 label=a,b', 'label=a,b is not allowed'"
  })
  void whatIsMistypedIsAnsweredBeforeAnythingRuns(String words, String answer) {
    String message =
        assertThrows(BadOption.class, () -> offers(SearchedQuantity.RATE, words.split(" ")))
            .getMessage();
    assertTrue(message.contains(answer), message);
  }

  @Test
  void installedServersAreSearchedOneAfterAnother() {
    List<String> targets =
        offers(SearchedQuantity.RATE, "subscribers=10", "target=installed").targets();
    assertTrue(targets.containsAll(List.of("netty", "serverless")), targets::toString);
  }

  /** A release without DynamoDB Local has no serverless chat. */
  @Test
  void aDefaultTargetThatIsNotInstalledIsNotSearched(@TempDir Path home) throws IOException {
    for (String name : List.of("netty", "serverless")) {
      Path server = Files.createDirectories(home.resolve("servers").resolve(name));
      String needs = name.equals("netty") ? "" : "needs = [{ file = none, get = \"install it\" }]";
      Files.writeString(
          server.resolve("server.conf"),
          "kind = server\ncommand = [sh]\nservePort = 9000\n" + needs);
    }
    SettingList typed = SettingList.of(List.of("subscribers=10"), OptionCatalog.WORKLOAD);
    Path workloads = Files.createDirectories(home.resolve("gatling/workloads"));
    Files.copy(HOME.resolve("gatling/workloads/search.conf"), workloads.resolve("search.conf"));
    assertEquals(List.of("netty"), SearchPlan.of(SearchedQuantity.RATE, typed, home).targets());
  }

  private static SearchPlan offers(SearchedQuantity subject, String... words) {
    return SearchPlan.of(subject, SettingList.of(List.of(words), OptionCatalog.WORKLOAD), HOME);
  }
}
