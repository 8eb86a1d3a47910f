package dev.fanbench.protocol.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A client that sends what it likes and hardly reads. It connects again whenever its connection has
 * ended. For one thread; only its handshake and its joining block.
 */
final class BadClient implements AutoCloseable {
  /** As small as the kernel allows, so that the server has to keep what is not read. */
  private static final int RECEIVE_BUFFER_BYTES = 4 * 1024;

  private static final int FRAMES_PER_STEP = 8;
  private static final int STEPS_OF_A_LIFE = 10;

  /** Ways of not reading. */
  enum Kind {
    NEVER_READS,
    READS_ONE_BYTE,
    DIES
  }

  private final URI url;
  private final String room;
  private final Kind kind;
  private final AbusiveFrames frames;
  private SocketChannel channel;
  private ByteBuffer pending = ByteBuffer.allocate(0);
  private int steps;
  private long sentBytes;

  /**
   * A client that is connected.
   *
   * @param room that it joins whenever it has connected; empty for the one where all begin
   */
  BadClient(URI url, String room, Kind kind, AbusiveFrames frames) throws IOException {
    this.url = url;
    this.room = room;
    this.kind = kind;
    this.frames = frames;
    connect();
  }

  private void connect() throws IOException {
    channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.socket().setSoTimeout((int) ChatClient.PATIENCE.toMillis());
    channel.connect(new InetSocketAddress(url.getHost(), url.getPort()));
    channel.write(ByteBuffer.wrap(RawSocket.upgrade(url).getBytes(US_ASCII)));
    readTo("\r\n\r\n");
    if (!room.isEmpty()) {
      byte[] join = ("/channel " + room).getBytes(US_ASCII);
      channel.write(ByteBuffer.wrap(RawSocket.encode(RawSocket.TEXT, true, join)));
      readTo("Changed to #" + room);
    }
    channel.configureBlocking(false);
    pending = ByteBuffer.allocate(0);
  }

  private void readTo(String end) throws IOException {
    InputStream in = channel.socket().getInputStream();
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("the server has ended the stream after " + read);
      }
      read.append((char) c);
    }
  }

  /** Sends some frames, or as much of them as the server takes; does not wait. */
  void step() throws IOException {
    steps++;
    if (kind == Kind.DIES && steps % STEPS_OF_A_LIFE == 0) {
      close();
      connect();
    }
    try {
      for (int sent = 0; sent < FRAMES_PER_STEP; sent++) {
        if (!pending.hasRemaining()) {
          pending = ByteBuffer.wrap(frames.next());
        }
        sentBytes += channel.write(pending);
        if (pending.hasRemaining()) {
          break;
        }
      }
      if (kind == Kind.READS_ONE_BYTE && channel.read(ByteBuffer.allocate(1)) < 0) {
        throw new IOException("the server has ended the stream");
      }
    } catch (IOException ended) {
      close();
      connect();
    }
  }

  /** Bytes that the server's kernel has taken so far. */
  long sentBytes() {
    return sentBytes;
  }

  /** Ends the connection by a reset. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    }
  }
}
