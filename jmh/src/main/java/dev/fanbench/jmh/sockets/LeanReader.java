package dev.fanbench.jmh.sockets;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The least a JVM does to receive: one thread, one selector, plain sockets. It reads, counts
 * frames, and looks at nothing else; only text frames that come whole and under 126 bytes.
 */
public final class LeanReader implements AutoCloseable {
  /** No publication takes so long to be read. */
  public static final long MOST_SECONDS = 60;

  private static final int READ_BYTES = 64 * 1024;
  private static final int SOURCES = 8;

  /** The first byte of a text frame; a ping of the target's is no delivery. */
  private static final byte FINAL_TEXT = (byte) 0x81;

  /** The example of RFC 6455 §1.3; the answer to it is not looked at. */
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
  private final Semaphore whole = new Semaphore(0);
  private final Thread thread = new Thread(this::read, "lean-0");
  private final int connections;
  private int frames;
  private volatile boolean closed;

  private LeanReader(int connections) throws IOException {
    this.connections = connections;
  }

  /** Connects, joins the room with each connection, and begins to read. */
  public static LeanReader join(URI target, int connections, String room) throws IOException {
    LeanReader reader = new LeanReader(connections);
    for (int i = 0; i < connections; i++) {
      reader.connect(target, i, room);
    }
    reader.thread.start();
    return reader;
  }

  /**
   * Waits until there have been as many frames again as there are connections; false when that
   * takes too long, as after a connection was lost.
   */
  public boolean awaitPublication() throws InterruptedException {
    return whole.tryAcquire(MOST_SECONDS, TimeUnit.SECONDS);
  }

  /** The thread that reads. */
  public long threadId() {
    return thread.getId();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  private void connect(URI target, int i, String room) throws IOException {
    SocketChannel socket = SocketChannel.open();
    // One pair of addresses has only some 28,000 ports, of which the last turn's may be waiting.
    socket.bind(new InetSocketAddress("127.0.0." + (1 + i % SOURCES), 0));
    socket.connect(new InetSocketAddress(target.getHost(), target.getPort()));
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                .formatted(target.getRawPath(), target.getRawAuthority())
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n\r\n".formatted(KEY);
    socket.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    awaitLine(socket, "\r\n\r\n");
    socket.write(ByteBuffer.wrap(masked("/channel " + room)));
    awaitLine(socket, "#" + room);
    socket.configureBlocking(false);
    socket.register(selector, SelectionKey.OP_READ);
  }

  /** Reads until what has been said ends so. */
  private void awaitLine(SocketChannel socket, String end) throws IOException {
    StringBuilder said = new StringBuilder();
    while (said.length() < end.length() || said.lastIndexOf(end) != said.length() - end.length()) {
      if (socket.read(buffer.clear()) < 0) {
        throw new EOFException("the target closed a connection after: " + said);
      }
      said.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
    }
  }

  /** A text frame whose mask is zero. */
  private static byte[] masked(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer frame = ByteBuffer.allocate(6 + bytes.length);
    return frame.put(FINAL_TEXT).put((byte) (0x80 | bytes.length)).putInt(0).put(bytes).array();
  }

  private void read() {
    try {
      while (!closed) {
        selector.select(this::take);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void take(SelectionKey key) {
    try {
      if (((SocketChannel) key.channel()).read(buffer.clear()) < 0) {
        throw new EOFException("the target closed a connection");
      }
      buffer.flip();
      for (int at = 0; at < buffer.limit(); at += 2 + buffer.get(at + 1)) {
        if (buffer.get(at) == FINAL_TEXT) {
          count();
        }
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void count() {
    frames++;
    if (frames == connections) {
      frames = 0;
      whole.release();
    }
  }
}
