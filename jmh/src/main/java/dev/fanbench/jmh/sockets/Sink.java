package dev.fanbench.jmh.sockets;

import dev.fanbench.target.ParentWatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * The receiving half of a room, as a process: connects, reads whatever comes, and counts bytes. One
 * thread, no interpretation, nothing allocated per read.
 *
 * <p>When its standard input ends it reads its sockets to their ends, prints how many bytes it saw,
 * and exits. A parent that was killed closes sockets and pipe alike, so nothing stays behind.
 */
public final class Sink {
  private static final int READ_BYTES = 64 * 1024;
  private static final long LAST_WORDS_SECONDS = 5;

  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
  private long bytes;
  private int open;
  private volatile boolean parentGone;

  private Sink(Selector selector) {
    this.selector = selector;
  }

  /**
   * Runs until standard input ends.
   *
   * @param args a port of loopback, and how many connections to make to it
   */
  public static void main(String[] args) throws IOException {
    try (Selector selector = Selector.open()) {
      Sink sink = new Sink(selector);
      ParentWatch.start(System.in, sink::end);
      sink.connect(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
      sink.read();
      System.out.println(sink.bytes);
    }
  }

  private void end() {
    parentGone = true;
    selector.wakeup();
  }

  private void connect(int port, int connections) throws IOException {
    InetSocketAddress room = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    for (int i = 0; i < connections && !parentGone; i++) {
      SocketChannel socket = SocketChannel.open(room);
      socket.configureBlocking(false);
      socket.register(selector, SelectionKey.OP_READ);
      open++;
    }
  }

  private void read() throws IOException {
    while (!parentGone) {
      selector.select(this::take);
    }
    long wait = TimeUnit.SECONDS.toMillis(LAST_WORDS_SECONDS);
    while (open > 0 && selector.select(this::take, wait) > 0) {
      // Until every socket has ended, or none has anything to say for too long.
    }
  }

  private void take(SelectionKey key) {
    SocketChannel socket = (SocketChannel) key.channel();
    try {
      int read = socket.read(buffer.clear());
      if (read < 0) {
        socket.close();
        open--;
      } else {
        bytes += read;
      }
    } catch (IOException broken) {
      key.cancel();
      open--;
    }
  }
}
