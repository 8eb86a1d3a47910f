package dev.fanbench.floor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket client on a blocking socket that sends bytes as it is told; nothing may take 10 s.
 */
final class TestClient implements AutoCloseable {

  private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final OutputStream out;

  private TestClient(URI url) throws IOException {
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), 10_000);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** A connection that has said nothing. */
  static TestClient raw(URI url) throws IOException {
    return new TestClient(url);
  }

  static TestClient connect(URI url) throws IOException {
    TestClient client = raw(url);
    String answer = client.request("GET " + url.getPath() + " HTTP/1.1");
    assertTrue(answer.startsWith("HTTP/1.1 101 "), answer);
    // The key and its answer stand in RFC 6455, section 1.3.
    assertTrue(answer.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), answer);
    return client;
  }

  /** Connects and joins a room. */
  static TestClient in(URI url, String room) throws IOException {
    TestClient client = connect(url);
    client.send("/channel " + room);
    assertTrue(client.receive().equals("Changed to #" + room));
    return client;
  }

  /** Sends a request line with the headers of an upgrade; returns the head of the answer. */
  String request(String requestLine) throws IOException {
    write(
        (requestLine
                + "\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    return head();
  }

  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  void send(String text) throws IOException {
    write(frame(0x81, text.getBytes(StandardCharsets.UTF_8)));
  }

  static byte[] frame(int first, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) first);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 65_536) {
      frame.put((byte) 0xFE).putShort((short) payload.length);
    } else {
      frame.put((byte) 0xFF).putLong(payload.length);
    }
    frame.put(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ MASK[i & 3]));
    }
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  /** The next frame, which must be a text. */
  String receive() throws IOException {
    byte[] payload = receive(0x81);
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** The next frame's payload, which must begin with this byte. */
  byte[] receive(int first) throws IOException {
    int seen = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = (int) in.readLong();
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    assertTrue(seen == first, () -> "frame " + Integer.toHexString(seen) + " of " + payload.length);
    return payload;
  }

  /** The code of the Close frame that comes next. */
  int receiveClose() throws IOException {
    return ByteBuffer.wrap(receive(0x88)).getShort();
  }

  boolean atEnd() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
