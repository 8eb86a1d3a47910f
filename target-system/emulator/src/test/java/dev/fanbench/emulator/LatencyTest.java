package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.latency.LatencyModel;
import dev.fanbench.emulator.store.LocalStore;
import dev.fanbench.protocol.contract.ChatClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a model says takes at least that long; how much longer is for benchmarks to tell. */
@Timeout(60)
class LatencyTest {
  private static final long MILLI = 1_000_000;

  @TempDir private Path directory;

  @Test
  void aConnectTakesItsHops() throws Exception {
    // $connect makes one call of the table.
    try (Emulator emulator =
        start(
            "\"handshake\":{\"p50Millis\":40},\"invoke\":{\"p50Millis\":30},\"store\":{\"p50Millis\":20}")) {
      long from = System.nanoTime();
      ChatClient.connect(emulator.url()).close();
      assertTrue(System.nanoTime() - from >= 90 * MILLI);
    }
  }

  @Test
  void aDeliveryTakesHalfItsPostAndTheLastHop() throws Exception {
    try (Emulator emulator = start("\"post\":{\"p50Millis\":80},\"push\":{\"p50Millis\":15}");
        ChatClient one = ChatClient.connect(emulator.url());
        ChatClient other = ChatClient.connect(emulator.url())) {
      long from = System.nanoTime();
      one.send("hello");
      assertEquals("#general anonymous: hello", other.next());
      assertTrue(System.nanoTime() - from >= 55 * MILLI);
      assertEquals(1, emulator.counters().get("model.post.draws"));
    }
  }

  @Test
  void postsBeyondThoseInFlightFollowOneAnother() throws Exception {
    List<ChatClient> members = new ArrayList<>();
    try (Emulator emulator = start("\"post\":{\"p50Millis\":40}", Map.of("PostConcurrency", "2"))) {
      for (int i = 0; i < 6; i++) {
        members.add(ChatClient.connect(emulator.url()));
      }
      long from = System.nanoTime();
      members.get(0).send("hello");
      for (ChatClient member : members.subList(1, 6)) {
        assertEquals("#general anonymous: hello", member.next());
      }
      // The last of five begins when two pairs are over, and its frame leaves half-way.
      assertTrue(System.nanoTime() - from >= 100 * MILLI);
      assertEquals(40 * MILLI, emulator.counters().get("model.post.smallestNanos"));
    } finally {
      members.forEach(ChatClient::close);
    }
  }

  @Test
  @Shows(AwsChecklist.ENVIRONMENTS)
  void aNewEnvironmentIsColdOnce() throws Exception {
    try (Emulator emulator =
        Emulator.start(
            options(new Latency(LatencyModel.none().withColdStart(Duration.ofMillis(300)), 1)))) {
      long from = System.nanoTime();
      ChatClient first = ChatClient.connect(emulator.url());
      assertTrue(System.nanoTime() - from >= 300 * MILLI);
      first.close();
    }
  }

  private Emulator start(String hops) throws Exception {
    return start(hops, Map.of());
  }

  private Emulator start(String hops, Map<String, String> parameters) throws Exception {
    Path file = Files.writeString(directory.resolve("model.json"), "{\"hops\":{" + hops + "}}");
    Latency latency = new Latency(LatencyModel.named(file.toString()), 1);
    return Emulator.start(options(latency).withParameters(parameters));
  }

  /** With a store of its own, as the shared one has no latencies. */
  private static EmulatorOptions options(Latency latency) {
    return EmulatorOptions.standard().withLatency(latency).withStore(LocalStore::start);
  }
}
