package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.protocol.fuzz.FuzzPatience;
import dev.fanbench.protocol.fuzz.HandshakeFuzzContract;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Handshakes of every kind, at the serverless chat with its functions and its table. */
class HandshakeFuzzTest implements HandshakeFuzzContract {
  /** Connections of the functions' clients, to the store and to the front door. */
  private static final int POOLED = 64;

  /** Connections to the store and to the front door that an environment may keep open. */
  private static final int EACH_ENVIRONMENT = 6;

  private static ConnectionEvents events;
  private static Emulator emulator;
  private static Set<String> rowsBefore;

  @BeforeAll
  static void start() throws IOException {
    Leaks.watch();
    events = new ConnectionEvents();
    emulator =
        Emulator.start(
            SharedStore.chat()
                .withHandlers(events)
                .withQuotas(
                    QuotaSet.of(
                        Map.of("connectsPerSecond", 1_000_000L, "connectBurst", 1_000_000L))));
    rowsBefore = SharedStore.keysOfConnections();
  }

  @AfterAll
  static void stop() {
    emulator.close();
    Leaks.assertNone();
  }

  @Override
  public URI url() {
    return emulator.url();
  }

  @Override
  public int handshakes() {
    return 1_000;
  }

  @Override
  public long spareDescriptors() {
    return POOLED;
  }

  @Override
  public long ownDescriptors() {
    return EACH_ENVIRONMENT * figure("lambda.environments");
  }

  @Override
  public long figure(String name) {
    return emulator.counters().get(name);
  }

  @Override
  public void settle() {
    EmulatorContract.settle(emulator);
  }

  @Override
  public void assertNothingIsLeft() throws Exception {
    FuzzPatience.await("connections.open", () -> figure("connections.open"), 0);
    settle();
    assertEquals(events.accepted(), events.ended(), "one $disconnect for each $connect");
    // Rows of an earlier test's clients may go meanwhile; none may be left of this one's.
    FuzzPatience.await(
        "rows of these connections",
        () -> SharedStore.keysOfConnections().stream().filter(k -> !rowsBefore.contains(k)).count(),
        0);
  }
}
