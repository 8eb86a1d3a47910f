package dev.fanbench.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.functions.Variant.Broadcast;
import dev.fanbench.functions.Variant.Cleanup;
import dev.fanbench.functions.Variant.Client;
import dev.fanbench.functions.Variant.HttpClient;
import dev.fanbench.functions.Variant.Layout;
import dev.fanbench.functions.chat.PostPolicy;
import dev.fanbench.functions.chat.PostPolicy.AtGone;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeploymentSettingsTest {
  private static final Duration GRACE = Duration.ofSeconds(30);

  @Test
  void onlyTheStoreHasNoDefault() {
    assertEquals(
        new DeploymentSettings(
            "chat",
            Optional.empty(),
            1,
            8,
            50,
            Duration.ofSeconds(30),
            Duration.ofHours(24),
            Optional.empty(),
            200,
            Variant.STANDARD),
        DeploymentSettings.of(Map.of("FANBENCH_TABLE", "chat")::get));
    assertTrue(refusal(Map.of()).contains("FANBENCH_TABLE"));
  }

  @Test
  void everyOptionIsRead() {
    assertEquals(
        new DeploymentSettings(
            "t",
            Optional.of(URI.create("redis://r:1")),
            1,
            2,
            3,
            Duration.ofSeconds(4),
            Duration.ofHours(5),
            Optional.of("posts"),
            6,
            new Variant(
                Broadcast.WORKERS,
                Layout.HOT_ITEM,
                Cleanup.NONE,
                Client.PER_MESSAGE,
                HttpClient.CRT)),
        DeploymentSettings.of(
            Map.ofEntries(
                    Map.entry("FANBENCH_TABLE", "t"),
                    Map.entry("FANBENCH_BATCH_FUNCTION", "posts"),
                    Map.entry("FANBENCH_BATCH_MEMBERS", "6"),
                    Map.entry("FANBENCH_REDIS", "redis://r:1"),
                    Map.entry("FANBENCH_ROOM_SHARDS", "1"),
                    Map.entry("FANBENCH_CONNECTION_SHARDS", "2"),
                    Map.entry("FANBENCH_POST_CONCURRENCY", " 3 "),
                    Map.entry("FANBENCH_STALE_GRACE_SECONDS", "4"),
                    Map.entry("FANBENCH_MESSAGE_TTL_HOURS", "5"),
                    Map.entry("FANBENCH_BROADCAST", "workers"),
                    Map.entry("FANBENCH_REGISTRY", "hot-item"),
                    Map.entry("FANBENCH_CLEANUP", "none"),
                    Map.entry("FANBENCH_CLIENT", "per-message"),
                    Map.entry("FANBENCH_HTTP_CLIENT", "crt"))
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
    assertEquals(
        "FANBENCH_REGISTRY is hot, but must be one of sharded, packed, hot-item, scan",
        refusal(Map.of("FANBENCH_TABLE", "t", "FANBENCH_REGISTRY", "hot")));
  }

  @Test
  void broadcastAndCleanupSayHowFramesArePosted() {
    assertEquals(new PostPolicy(50, AtGone.FORGET, GRACE), postPolicy("parallel", "on-gone"));
    assertEquals(new PostPolicy(50, AtGone.GO_ON, GRACE), postPolicy("parallel", "none"));
    assertEquals(new PostPolicy(1, AtGone.FORGET, GRACE), postPolicy("serial", "on-gone"));
    assertEquals(new PostPolicy(1, AtGone.GO_ON, GRACE), postPolicy("serial", "none"));
    assertEquals(new PostPolicy(1, AtGone.BREAK_OFF, GRACE), postPolicy("serial", "abort"));
    int workers = 4 * Runtime.getRuntime().availableProcessors();
    assertEquals(new PostPolicy(workers, AtGone.FORGET, GRACE), postPolicy("workers", "on-gone"));
  }

  private static PostPolicy postPolicy(String broadcast, String cleanup) {
    return DeploymentSettings.of(
            Map.of(
                    "FANBENCH_TABLE", "t",
                    "FANBENCH_BROADCAST", broadcast,
                    "FANBENCH_CLEANUP", cleanup)
                ::get)
        .postPolicy();
  }

  private static String refusal(Map<String, String> variables) {
    return assertThrows(IllegalArgumentException.class, () -> DeploymentSettings.of(variables::get))
        .getMessage();
  }
}
