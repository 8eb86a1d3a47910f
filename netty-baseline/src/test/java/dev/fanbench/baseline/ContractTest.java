package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import dev.fanbench.protocol.contract.ChatServerContract;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The contract, for each way in which a publication can travel through the server. */
class ContractTest {

  @Nested
  class OneLoop extends Running {
    OneLoop() {
      super(ServerOptions.defaults().withLoops(1));
    }
  }

  @Nested
  class ThreeLoops extends Running {
    ThreeLoops() {
      super(ServerOptions.defaults().withLoops(3));
    }
  }

  @Nested
  class ThreeLoopsWithChannelGroup extends Running {
    ThreeLoopsWithChannelGroup() {
      super(ServerOptions.defaults().withLoops(3).withBroadcast(BroadcastKind.CHANNEL_GROUP));
    }
  }

  @TestInstance(Lifecycle.PER_CLASS)
  abstract static class Running implements ChatServerContract {
    private final ServerOptions options;
    private NettyServer server;

    Running(ServerOptions options) {
      this.options = options;
    }

    @BeforeAll
    void start() throws IOException {
      server = NettyServer.start(options);
    }

    @AfterAll
    void stop() {
      server.close();
      assertEquals(0, server.pinnedDirectBytes(), "every buffer is released");
    }

    @Override
    public URI url() {
      return server.url();
    }

    @Override
    public List<Kept> kept(String room) {
      return server.chat().room(room).orElseThrow().history().latest().stream()
          .map(each -> new Kept(each.epochMillis(), each.sender(), each.text()))
          .toList();
    }
  }
}
