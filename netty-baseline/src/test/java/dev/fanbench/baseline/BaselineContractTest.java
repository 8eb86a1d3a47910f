package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.protocol.contract.ChatServerContract;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class BaselineContractTest implements ChatServerContract {
  private static NettyServer server;

  @BeforeAll
  static void start() throws IOException {
    server = NettyServer.start(ServerOptions.defaults());
  }

  @AfterAll
  static void stop() {
    server.close();
    assertEquals(0, server.pinnedDirectBytes(), "every buffer is released");
  }

  @Override
  public URI url() {
    return server.url();
  }
}
