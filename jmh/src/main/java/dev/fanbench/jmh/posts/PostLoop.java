package dev.fanbench.jmh.posts;

import dev.fanbench.target.ParentWatch;
import dev.fanbench.target.Ready;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The least that takes posts to connections: one answer and one frame for each post, on one thread,
 * nothing allocated. It knows the requests of {@link PostClient} only, and checks nothing. A client
 * that sends a text gets its number.
 */
public final class PostLoop {
  private static final String THREAD = "loop-1";
  private static final int READ_BYTES = 4 * 1024;
  private static final byte POST = 'P';
  private static final byte[] ID_FOLLOWS = ascii("@connections/");
  private static final byte[] HEAD_END = ascii("\r\n\r\n");
  private static final byte TEXT = (byte) 0x81;

  private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
  private final ByteBuffer frame = ByteBuffer.allocateDirect(READ_BYTES);
  private final ByteBuffer upgraded =
      direct(
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
  private final ByteBuffer posted = direct("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  private final List<SocketChannel> members = new ArrayList<>();
  private final Selector selector;
  private final ServerSocketChannel server;

  private PostLoop(Selector selector, ServerSocketChannel server) {
    this.selector = selector;
    this.server = server;
  }

  /** Prints a READY line and runs until standard input ends. */
  public static void main(String[] none) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), READ_BYTES);
    server.configureBlocking(false);
    Selector selector = Selector.open();
    server.register(selector, SelectionKey.OP_ACCEPT);
    PostLoop loop = new PostLoop(selector, server);
    Thread thread = new Thread(loop::run, THREAD);
    thread.start();
    ParentWatch.start(System.in, () -> Runtime.getRuntime().halt(0));
    String at = "127.0.0.1:" + server.socket().getLocalPort();
    System.out.println(
        new Ready(
                URI.create("ws://" + at + "/dev"),
                URI.create("http://" + at + "/dev/@connections"),
                URI.create("http://" + at),
                ProcessHandle.current().pid())
            .line());
  }

  private void run() {
    try {
      while (true) {
        selector.select(this::ready);
      }
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        read(key, (SocketChannel) key.channel());
      }
    } catch (IOException gone) {
      key.cancel();
    }
  }

  private void accept() throws IOException {
    SocketChannel socket = server.accept();
    socket.configureBlocking(false);
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    socket.register(selector, SelectionKey.OP_READ);
  }

  private void read(SelectionKey key, SocketChannel socket) throws IOException {
    if (socket.read(in.clear()) < 0) {
      socket.close();
    } else if (in.get(0) == POST) {
      post(socket);
    } else if (key.attachment() == null) {
      key.attach(members.size());
      members.add(socket);
      socket.write(upgraded.rewind());
    } else {
      byte[] number = ascii(key.attachment().toString());
      socket.write(ByteBuffer.allocate(64).put(TEXT).put((byte) number.length).put(number).flip());
    }
  }

  private void post(SocketChannel socket) throws IOException {
    in.flip();
    int body = after(HEAD_END);
    frame.clear().put(TEXT).put((byte) (in.limit() - body)).put(in.position(body)).flip();
    members.get(number(after(ID_FOLLOWS))).write(frame);
    socket.write(posted.rewind());
  }

  private int number(int at) {
    int number = 0;
    for (int i = at; in.get(i) >= '0'; i++) {
      number = number * 10 + in.get(i) - '0';
    }
    return number;
  }

  private int after(byte[] text) {
    int matched = 0;
    for (int i = 0; i < in.limit(); i++) {
      matched = in.get(i) == text[matched] ? matched + 1 : in.get(i) == text[0] ? 1 : 0;
      if (matched == text.length) {
        return i + 1;
      }
    }
    throw new IllegalStateException("a request that Posters do not send");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static ByteBuffer direct(String text) {
    byte[] bytes = ascii(text);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }
}
