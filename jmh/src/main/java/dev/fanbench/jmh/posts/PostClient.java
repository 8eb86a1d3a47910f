package dev.fanbench.jmh.posts;

import dev.fanbench.target.DeadlineClock;
import dev.fanbench.target.Ready;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An outside client of {@code @connections}: members that receive posts, and connections that are
 * kept alive. Each connection posts to the next member as soon as its last post is answered. One
 * thread. Not thread-safe.
 */
final class PostClient implements AutoCloseable {
  /** Text of a frame. With its header of two bytes it goes on the wire as one segment. */
  static final int PAYLOAD_BYTES = 64;

  private static final int FRAME_BYTES = PAYLOAD_BYTES + 2;
  private static final int READ_BYTES = 64 * 1024;
  private static final int STATUS_AT = 9;
  private static final byte[] HELLO = {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, '{', '}'};

  private final Selector selector = Selector.open();
  private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
  private final List<ByteBuffer> requests = new ArrayList<>();
  private final List<SocketChannel> posters = new ArrayList<>();
  private int next;
  private int inFlight;
  private boolean posting;
  private long answered;
  private long deliveredBytes;

  /** Connects {@code members} clients and {@code connections} posters. */
  PostClient(Ready target, int members, int connections) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(target.url().getHost(), target.url().getPort());
    for (int i = 0; i < members; i++) {
      SocketChannel member = SocketChannel.open(address);
      requests.add(request(target.connections(), id(member, target.url())));
      member.configureBlocking(false);
      member.register(selector, SelectionKey.OP_READ, false);
    }
    for (int i = 0; i < connections; i++) {
      SocketChannel poster = SocketChannel.open(address);
      poster.setOption(StandardSocketOptions.TCP_NODELAY, true);
      poster.configureBlocking(false);
      poster.register(selector, SelectionKey.OP_READ, true);
      posters.add(poster);
    }
  }

  private static ByteBuffer request(URI connections, String id) {
    String head =
        "POST %s/%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(
                connections.getPath(),
                id.replace("=", "%3D"),
                connections.getAuthority(),
                PAYLOAD_BYTES);
    byte[] bytes = (head + "x".repeat(PAYLOAD_BYTES)).getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /** Shakes hands, says something, and is told its id. */
  private static String id(SocketChannel member, URI url) throws IOException {
    String upgrade =
        String.join(
            "\r\n",
            "GET " + url.getPath() + " HTTP/1.1",
            "Host: " + url.getAuthority(),
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "",
            "");
    member.write(ByteBuffer.wrap(upgrade.getBytes(StandardCharsets.US_ASCII)));
    String head = "";
    while (!head.endsWith("\r\n\r\n")) {
      head += read(member);
    }
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("the handshake was answered by " + head);
    }
    member.write(ByteBuffer.wrap(HELLO));
    String frame = read(member);
    while (frame.length() < 2 || frame.length() < 2 + frame.charAt(1)) {
      frame += read(member);
    }
    return frame.substring(2);
  }

  private static String read(SocketChannel socket) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1024);
    if (socket.read(bytes) < 0) {
      throw new IOException("the target closed a connection");
    }
    return StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
  }

  /**
   * Posts for a while, then waits until each post was answered and each frame has come.
   *
   * @return how many posts that were
   * @throws IOException when a post was refused or a frame did not come
   */
  long post(long seconds) throws IOException {
    answered = 0;
    deliveredBytes = 0;
    posting = true;
    for (SocketChannel poster : posters) {
      post(poster);
    }
    Duration time = Duration.ofSeconds(seconds);
    DeadlineClock end = new DeadlineClock(time);
    while (!end.isOver()) {
      selector.select(this::ready, 1);
    }
    posting = false;
    DeadlineClock drained = new DeadlineClock(time);
    while (inFlight > 0 || deliveredBytes < answered * FRAME_BYTES) {
      selector.select(this::ready, 1);
      if (drained.isOver()) {
        throw new IOException(
            "of %d posts %d are unanswered and %d bytes of their frames missing"
                .formatted(answered, inFlight, answered * FRAME_BYTES - deliveredBytes));
      }
    }
    return answered;
  }

  private void ready(SelectionKey key) {
    try {
      SocketChannel socket = (SocketChannel) key.channel();
      int read = socket.read(in.clear());
      if (read < 0) {
        throw new IOException("the target closed a connection");
      }
      if (Boolean.FALSE.equals(key.attachment())) {
        deliveredBytes += read;
      } else if (in.get(STATUS_AT) != '2') {
        throw new IOException(
            "a post was answered by " + StandardCharsets.US_ASCII.decode(in.flip()));
      } else {
        answered++;
        inFlight--;
        if (posting) {
          post(socket);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void post(SocketChannel poster) throws IOException {
    ByteBuffer request = requests.get(next).rewind();
    next = (next + 1) % requests.size();
    inFlight++;
    if (poster.write(request) < request.limit()) {
      throw new IOException("the kernel did not take a request at once");
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
