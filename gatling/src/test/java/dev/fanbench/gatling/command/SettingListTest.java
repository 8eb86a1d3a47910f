package dev.fanbench.gatling.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.OptionCatalog;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingListTest {

  @Test
  void wordsWithoutAnEqualsSignSetTheBareKey() {
    assertEquals(
        List.of("workload=quick", "rate=4"),
        SettingList.of(List.of("quick", "rate=4"), OptionCatalog.WORKLOAD).words());
    assertEquals(
        List.of("target=wss://host/dev?token=x"),
        SettingList.of(List.of("wss://host/dev?token=x"), OptionCatalog.TARGET).words());
  }

  @Test
  void aThresholdMayHoldAnEqualsSign() {
    assertEquals(
        "missing==0",
        SettingList.of(List.of("slo=missing==0"), OptionCatalog.WORKLOAD).values().get("slo"));
  }

  @Test
  void theSameKeyTwiceIsRefused() {
    assertEquals(
        "rate is set twice, the second time by \"rate=5\".",
        assertThrows(
                BadOption.class,
                () -> SettingList.of(List.of("rate=4", "rate=5"), OptionCatalog.WORKLOAD))
            .getMessage());
  }

  @Test
  void othersWin() {
    SettingList all = new SettingList(java.util.Map.of("rate", "4")).with(OptionCatalog.RATE, 8);
    assertEquals(List.of("rate=8"), all.words());
    assertEquals("8", all.properties(Path.of("/x")).getProperty("fanbench.rate"));
  }
}
