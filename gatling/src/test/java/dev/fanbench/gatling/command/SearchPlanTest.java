package dev.fanbench.gatling.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.measurement.search.SearchedQuantity;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchPlanTest {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  @Test
  void aStepIsLongEnoughForItsThreshold() {
    SearchPlan offers =
        offers(SearchedQuantity.RATE, "subscribers=100", "slo=p99.lastDelivery<50ms");
    assertEquals("27s", offers.at(40).values().get("duration"));
    assertEquals("10s", offers.at(400).values().get("duration"));
    assertEquals("p99.lastDelivery<50ms", offers.thresholds());
  }

  @Test
  void whatIsSearchedChangesAndTheRestStays() {
    SearchPlan offers = offers(SearchedQuantity.SUBSCRIBERS, "rate=4", "target=netty");
    SettingList step = offers.at(250);
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
    "subscribers=10 colour=blue, colour is not a known key"
  })
  void whatIsMistypedIsAnsweredBeforeAnythingRuns(String words, String answer) {
    String message =
        assertThrows(BadOption.class, () -> offers(SearchedQuantity.RATE, words.split(" ")))
            .getMessage();
    assertTrue(message.contains(answer), message);
  }

  private static SearchPlan offers(SearchedQuantity subject, String... words) {
    return SearchPlan.of(subject, SettingList.of(List.of(words), OptionCatalog.WORKLOAD), HOME);
  }
}
