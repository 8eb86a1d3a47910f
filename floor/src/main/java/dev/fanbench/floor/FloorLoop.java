package dev.fanbench.floor;

import dev.fanbench.target.DeadlineClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/** The one thread: accepts, reads frames and hands them to the rooms. */
final class FloorLoop implements Runnable {

  private static final Duration LONGEST_STOP = Duration.ofSeconds(2);
  private static final int READ_BYTES = 256 * 1024;

  private final ServerSocketChannel server;
  private final Selector selector;
  private final String stage;
  private final FloorTally counters;
  private final FloorChat rooms;
  private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
  private final Consumer<SelectionKey> ready = this::ready;
  private volatile boolean stopping;

  FloorLoop(ServerSocketChannel server, String stage, FloorTally counters, double slowdown)
      throws IOException {
    this.server = server;
    this.stage = stage;
    this.counters = counters;
    selector = Selector.open();
    rooms = new FloorChat(counters, slowdown);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Asks the thread to stop: no new connections, what is queued, close 1001, at most 2 s. */
  void stop() {
    if (!stopping && selector.isOpen()) {
      stopping = true;
      selector.wakeup();
    }
  }

  @Override
  public void run() {
    counters.loopThread(Thread.currentThread());
    try (selector;
        server) {
      while (!stopping) {
        selector.select(ready);
      }
      drain();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void drain() throws IOException {
    server.close();
    DeadlineClock stop = new DeadlineClock(LONGEST_STOP);
    for (SelectionKey key : selector.keys()) {
      if (key.isValid() && key.attachment() instanceof FloorConnection connection) {
        attempt(connection, () -> rooms.close(connection, 1001));
      }
    }
    while (anyConnection() && !stop.isOver()) {
      selector.select(ready, 50);
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
  }

  private boolean anyConnection() {
    return selector.keys().stream().anyMatch(SelectionKey::isValid);
  }

  /** Serves one key of a batch. A delivery to an earlier key may have dropped this one's client. */
  void ready(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    if (key.attachment() instanceof FloorConnection connection) {
      try {
        if (key.isWritable()) {
          connection.writePending(counters);
        }
        if (key.isReadable()) {
          read(connection);
        }
      } catch (IOException | RuntimeException e) {
        // This thread serves all clients, so that a fault may end one connection and no more.
        rooms.drop(connection);
      }
    } else {
      accept();
    }
  }

  private void accept() {
    try {
      for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        key.attach(new FloorConnection(channel, key));
        counters.opened();
      }
    } catch (IOException e) {
      // Out of file descriptors, or the client has gone: it sees a refused or reset connection.
    }
  }

  private void read(FloorConnection connection) throws IOException {
    if (!connection.read(in)) {
      rooms.drop(connection);
      return;
    }
    if (!connection.upgraded && !upgrade(connection)) {
      return;
    }
    while (listens(connection) && rooms.takeFrame(connection, in)) {
      counters.received();
    }
    if (listens(connection)) {
      connection.keep(in);
    }
  }

  private static boolean listens(FloorConnection connection) {
    return connection.channel.isOpen() && !connection.deaf;
  }

  /** Answers a request head once it is whole; true when frames may follow. */
  private boolean upgrade(FloorConnection connection) throws IOException {
    int end = endOfHead();
    if (end < 0) {
      if (in.remaining() > FloorHandshake.MOST_BYTES) {
        rooms.drop(connection);
      } else {
        connection.keep(in);
      }
      return false;
    }
    byte[] head = new byte[end];
    in.get(head);
    FloorHandshake answer =
        FloorHandshake.answer(new String(head, StandardCharsets.ISO_8859_1), stage);
    connection.channel.write(answer.response());
    if (!answer.upgraded()) {
      rooms.drop(connection);
      return false;
    }
    connection.upgraded = true;
    rooms.enter(connection);
    return true;
  }

  /** Bytes of the head, its blank line included; negative when it is not whole. */
  private int endOfHead() {
    for (int i = in.position(); i + 3 < in.limit(); i++) {
      if (in.get(i) == '\r'
          && in.get(i + 1) == '\n'
          && in.get(i + 2) == '\r'
          && in.get(i + 3) == '\n') {
        return i + 4 - in.position();
      }
    }
    return -1;
  }

  private void attempt(FloorConnection connection, Write write) {
    try {
      write.run();
    } catch (IOException e) {
      rooms.drop(connection);
    }
  }

  private interface Write {
    void run() throws IOException;
  }
}
