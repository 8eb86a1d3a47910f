package dev.fanbench.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key that cannot be served, given to a loop whose thread has not started. */
class FloorLoopTest {
  private FloorLoop loop;
  private Selector selector;
  private SocketChannel client;
  private SelectionKey key;

  @BeforeEach
  void register() throws IOException {
    loop = new FloorLoop(ServerSocketChannel.open(), "dev", new FloorTally(), 0);
    selector = Selector.open();
    client = SocketChannel.open();
    client.configureBlocking(false);
    key = client.register(selector, SelectionKey.OP_READ);
    key.attach(new FloorConnection(client, key));
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    selector.close();
    loop.stop();
    loop.run();
  }

  /** A delivery to an earlier key of the batch may drop the client of a later one. */
  @Test
  void aKeyThatWasCancelledInItsBatchIsPassedOver() {
    key.cancel();
    loop.ready(key);
    assertTrue(client.isOpen());
  }

  /** To read from a channel that is not connected is such a fault. */
  @Test
  void anUncheckedExceptionDropsTheClientItCameFrom() throws IOException {
    assertEquals(1, selector.select(loop::ready, 10_000));
    assertFalse(client.isOpen());
  }
}
