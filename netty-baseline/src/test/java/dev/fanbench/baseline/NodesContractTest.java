package dev.fanbench.baseline;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import dev.fanbench.protocol.contract.ChatServerContract;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The contract on two nodes: of two clients that connect one after the other, each has its own. */
class NodesContractTest {

  @Nested
  class OneLoopEach extends Running {
    OneLoopEach() {
      super(ServerOptions.defaults().withLoops(1));
    }
  }

  @Nested
  class TwoLoopsEachWithChannelGroup extends Running {
    TwoLoopsEachWithChannelGroup() {
      super(ServerOptions.defaults().withLoops(2).withBroadcast(BroadcastKind.CHANNEL_GROUP));
    }
  }

  @TestInstance(Lifecycle.PER_CLASS)
  abstract static class Running implements ChatServerContract {
    private final ServerOptions options;
    private final AtomicInteger connected = new AtomicInteger();
    private NodePair nodes;

    Running(ServerOptions options) {
      this.options = options;
    }

    @BeforeAll
    void start() throws IOException {
      nodes = NodePair.start(options);
    }

    @AfterAll
    void stop() {
      nodes.close();
    }

    @Override
    public void settle() {
      nodes.settle();
    }

    @Override
    public URI url() {
      return nodes.all().get(connected.getAndIncrement() % 2).url();
    }

    /** A node keeps the words of its own members. */
    @Override
    public List<Kept> kept(String room) {
      return nodes.all().stream()
          .flatMap(node -> node.chat().room(room).stream())
          .flatMap(here -> here.history().latest().stream())
          .map(each -> new Kept(each.epochMillis(), each.sender(), each.text()))
          .toList();
    }
  }
}
