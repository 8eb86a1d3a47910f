package dev.fanbench.protocol.contract;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A TCP connection with a WebSocket handshake behind it, for frames no decent client sends. */
public final class RawSocket implements AutoCloseable {
  /** Opcode of a further frame of a message. */
  public static final int CONTINUATION = 0;

  /** Opcode of a text frame. */
  public static final int TEXT = 1;

  /** Opcode of a binary frame. */
  public static final int BINARY = 2;

  /** Opcode of a close frame. */
  public static final int CLOSE = 8;

  /** Opcode of a ping. */
  public static final int PING = 9;

  /** Opcode of a pong. */
  public static final int PONG = 10;

  /** Added to an opcode: the bit that says "deflated" where that was agreed. */
  public static final int DEFLATED = 0x40;

  private static final int RECEIVE_BUFFER_BYTES = 16 * 1024;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  /** One frame from the server. */
  public record Received(int firstByte, ByteBuffer payload) {
    /** What it is. */
    public int opcode() {
      return firstByte & 0x0f;
    }

    /** Whether the server says that it is deflated. */
    public boolean isDeflated() {
      return (firstByte & DEFLATED) != 0;
    }

    /** The payload as UTF-8. */
    public String text() {
      return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }

    /** The status of a close frame, or 1005 as the standard says for none. */
    public int closeCode() {
      return payload.remaining() < 2 ? 1005 : Short.toUnsignedInt(payload.getShort(0));
    }
  }

  private RawSocket(URI url) throws IOException {
    socket = new Socket();
    // Small, so that a test of slow readers need not send megabytes before the server notices.
    socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    socket.connect(
        new InetSocketAddress(url.getHost(), url.getPort()), (int) ChatClient.PATIENCE.toMillis());
    socket.setSoTimeout((int) ChatClient.PATIENCE.toMillis());
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Connects and completes the handshake. */
  public static RawSocket connect(URI url) throws IOException {
    return connect(url, "");
  }

  /** Connects with a further line in the request, ended by its CR and LF. */
  public static RawSocket connect(URI url, String line) throws IOException {
    RawSocket raw = new RawSocket(url);
    String request = upgrade(url);
    String head = raw.request(request.substring(0, request.length() - 2) + line + "\r\n");
    if (!head.startsWith("HTTP/1.1 101 ")) {
      raw.close();
      throw new IOException("no handshake: " + head);
    }
    return raw;
  }

  /** Sends {@code request} on a connection of its own; the answer's head, up to its blank line. */
  public static String head(URI url, String request) throws IOException {
    try (RawSocket raw = new RawSocket(url)) {
      return raw.request(request);
    }
  }

  /** A good upgrade request, with the key of the standard's own example. */
  public static String upgrade(URI url) {
    return "GET "
        + url.getRawPath()
        + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
        + " HTTP/1.1\r\nHost: "
        + url.getAuthority()
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  }

  /** Sends a whole text message in one frame. */
  public RawSocket text(String text) throws IOException {
    return frame(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends one masked frame. */
  public RawSocket frame(int opcode, boolean last, byte[] payload) throws IOException {
    return bytes(encode(opcode, last, payload));
  }

  /** One masked frame, for tests that send several at once. */
  public static byte[] encode(int opcode, boolean last, byte[] payload) {
    byte[] masked = payload.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= MASK[i % MASK.length];
    }
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
    frame.write((last ? FINAL : 0) | opcode);
    writeLength(frame, payload.length);
    frame.writeBytes(MASK);
    frame.writeBytes(masked);
    return frame.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream frame, int length) {
    if (length < 126) {
      frame.write(MASKED | length);
    } else if (length < 65_536) {
      frame.write(MASKED | 126);
      frame.write(length >> 8);
      frame.write(length);
    } else {
      frame.write(MASKED | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) length >> shift));
      }
    }
  }

  /** Sends bytes as they are. */
  public RawSocket bytes(byte... bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** The next frame, awaited. */
  public Received next() throws IOException {
    int firstByte = in.readUnsignedByte();
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    return new Received(firstByte, ByteBuffer.wrap(in.readNBytes(Math.toIntExact(length))));
  }

  /** The status of the next frame, which must be a close frame. */
  public int closeCode() throws IOException {
    Received frame = next();
    if (frame.opcode() != CLOSE) {
      throw new IOException("no close frame but opcode " + frame.opcode() + ": " + frame.text());
    }
    return frame.closeCode();
  }

  /** Whether the server has ended the stream, awaited. */
  public boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  /** Ends this side of the stream; what the server still sends can be read. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Ends the connection by a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private String request(String request) throws IOException {
    bytes(request.getBytes(StandardCharsets.ISO_8859_1));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException("ended after: " + head);
      }
      head.append((char) c);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
