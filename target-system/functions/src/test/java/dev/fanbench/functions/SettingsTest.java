package dev.fanbench.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void onlyTheStoreHasNoDefault() {
    assertEquals(
        new Settings(
            "chat", Optional.empty(), 1, 8, 50, Duration.ofSeconds(30), Duration.ofHours(24)),
        Settings.of(Map.of("FANBENCH_TABLE", "chat")::get));
    assertTrue(refusal(Map.of()).contains("FANBENCH_TABLE"));
  }

  @Test
  void everyOptionIsRead() {
    assertEquals(
        new Settings(
            "t",
            Optional.of(URI.create("redis://r:1")),
            1,
            2,
            3,
            Duration.ofSeconds(4),
            Duration.ofHours(5)),
        Settings.of(
            Map.of(
                    "FANBENCH_TABLE", "t",
                    "FANBENCH_REDIS", "redis://r:1",
                    "FANBENCH_ROOM_SHARDS", "1",
                    "FANBENCH_CONNECTION_SHARDS", "2",
                    "FANBENCH_POST_CONCURRENCY", " 3 ",
                    "FANBENCH_STALE_GRACE_SECONDS", "4",
                    "FANBENCH_MESSAGE_TTL_HOURS", "5")
                ::get));
  }

  @Test
  void refusalsNameTheOptionTheValueAndTheRange() {
    assertEquals(
        "FANBENCH_ROOM_SHARDS is 0, but must be from 1 to 64",
        refusal(Map.of("FANBENCH_TABLE", "t", "FANBENCH_ROOM_SHARDS", "0")));
    assertEquals(
        "FANBENCH_POST_CONCURRENCY is many, but must be a whole number",
        refusal(Map.of("FANBENCH_TABLE", "t", "FANBENCH_POST_CONCURRENCY", "many")));
  }

  private static String refusal(Map<String, String> variables) {
    return assertThrows(IllegalArgumentException.class, () -> Settings.of(variables::get))
        .getMessage();
  }
}
