package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.protocol.fuzz.HandshakeFuzzContract;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Ten thousand handshakes of every kind, at the in-memory server. */
class HandshakeFuzzTest implements HandshakeFuzzContract {
  private NettyServer server;

  @BeforeEach
  void start() throws IOException {
    ConnectionRules deflating = ConnectionRules.defaults().withDeflate(true);
    server = NettyServer.start(ServerOptions.defaults().withLoops(2).withRules(deflating));
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
  public void assertNothingIsLeft() {
    Awaited.counter(server, "connections.open", 0);
    Awaited.counter(server, "slow.bufferedBytes", 0);
    Awaited.figure("members", () -> server.chat().members(), 0);
  }
}
