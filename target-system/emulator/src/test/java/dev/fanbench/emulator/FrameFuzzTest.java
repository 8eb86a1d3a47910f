package dev.fanbench.emulator;

import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.protocol.ChatLimits;
import dev.fanbench.protocol.fuzz.FrameFuzzContract;
import dev.fanbench.protocol.fuzz.FuzzPatience;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Frames of every kind from clients that do not read, at the serverless chat. */
class FrameFuzzTest implements FrameFuzzContract {
  private static final int SLOW_CLIENT_BYTES = 256 * 1024;
  private static final QuotaSet QUOTAS =
      QuotaSet.of(Map.of("slowClientBytes", (long) SLOW_CLIENT_BYTES, "clientRequests", 16L));

  private static Emulator emulator;
  private static Set<String> rowsBefore;

  @BeforeAll
  static void start() throws IOException {
    Leaks.watch();
    // The lean client of the functions would hold memory of the same allocator.
    emulator =
        Emulator.start(
            SharedStore.chat().withQuotas(QUOTAS).withParameters(Map.of("HttpClient", "crt")));
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
  public int steps() {
    return 10;
  }

  @Override
  public int rooms() {
    return 40;
  }

  @Override
  public boolean badClientsAreAlone() {
    return true;
  }

  @Override
  public boolean takesBinaryFrames() {
    return false;
  }

  @Override
  public boolean keepsOrder() {
    return false;
  }

  @Override
  public long figure(String name) {
    return emulator.counters().get(name);
  }

  @Override
  public long heldBytes() {
    return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }

  /** The bytes that may wait, the message that comes and the answer that passes the limit. */
  @Override
  public long mostHeldBytesOfAClient() {
    return SLOW_CLIENT_BYTES + 3L * ChatLimits.MESSAGE_BYTES;
  }

  /** Two chunks of 4 MiB: the allocator tells only what it has taken from the machine. */
  @Override
  public long allocatorSlackBytes() {
    return 8L << 20;
  }

  /** The kernel's part is in the quota. */
  @Override
  public long mostUnsentBytesOfAClient() {
    return SLOW_CLIENT_BYTES;
  }

  @Override
  public void settle() {
    EmulatorContract.settle(emulator);
  }

  @Override
  public void assertNothingIsLeft() throws Exception {
    FuzzPatience.await("connections.open", () -> figure("connections.open"), 0);
    settle();
    // Rows of an earlier test's clients may go meanwhile; none may be left of this one's.
    FuzzPatience.await(
        "rows of these connections",
        () -> SharedStore.keysOfConnections().stream().filter(k -> !rowsBefore.contains(k)).count(),
        0);
  }
}
