package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.protocol.ChatLimits;
import dev.fanbench.protocol.fuzz.FrameFuzzContract;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Frames of every kind from clients that do not read, at the in-memory server. */
class FrameFuzzTest implements FrameFuzzContract {
  private static final int PENDING_BYTES = 256 * 1024;
  private static final int SEND_BUFFER_BYTES = 64 * 1024;

  private NettyServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        NettyServer.start(
            ServerOptions.defaults()
                .withLoops(2)
                .withSlow(
                    SlowRules.defaults()
                        .withMaxPendingBytes(PENDING_BYTES)
                        .withSendBufferBytes(SEND_BUFFER_BYTES)));
  }

  @AfterEach
  void stop() {
    server.close();
    assertEquals(0, server.pinnedDirectBytes(), "every buffer is released");
  }

  @Override
  public URI url() {
    return server.url();
  }

  @Override
  public long figure(String name) {
    return server.counters().get(name).longValue();
  }

  @Override
  public long heldBytes() {
    return server.pinnedDirectBytes();
  }

  /** The bytes that may wait, the message that comes and the answer that passes the limit. */
  @Override
  public long mostHeldBytesOfAClient() {
    return PENDING_BYTES + 3L * ChatLimits.MESSAGE_BYTES;
  }

  /** The kernel takes twice the size that it is told. */
  @Override
  public long mostUnsentBytesOfAClient() {
    return 2L * SEND_BUFFER_BYTES;
  }

  @Override
  public void assertNothingIsLeft() {
    Awaited.counter(server, "connections.open", 0);
    Awaited.counter(server, "slow.bufferedBytes", 0);
    Awaited.figure("members", () -> server.chat().members(), 0);
  }
}
