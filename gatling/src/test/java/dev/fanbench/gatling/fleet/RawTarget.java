package dev.fanbench.gatling.fleet;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server for one connection at a time that says exactly the bytes it is told, on JDK sockets. */
final class RawTarget implements AutoCloseable {
  private static final Pattern KEY = Pattern.compile("Sec-WebSocket-Key: (\\S+)\r\n");

  private final ServerSocket listening;
  private Socket socket;
  private DataInputStream in;
  private StringBuilder request;

  RawTarget() throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    listening.setSoTimeout(10_000);
  }

  URI url() {
    return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/dev");
  }

  private String acceptRequest() throws IOException {
    socket = listening.accept();
    socket.setSoTimeout(10_000);
    in = new DataInputStream(socket.getInputStream());
    request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      request.append((char) in.readUnsignedByte());
    }
    return request.toString();
  }

  /** Refuses the next handshake. */
  void refuse(int status) throws IOException {
    acceptRequest();
    String answer = "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n";
    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    socket.close();
  }

  /** Accepts the WebSocket; {@code glued} leaves in the same write as the answer. */
  void accept(int... glued) throws IOException {
    acceptWith("", glued);
  }

  /** Accepts with a further line in the answer, ended by its CR and LF. */
  void acceptWith(String line, int... glued) throws IOException {
    String request = acceptRequest();
    Matcher key = KEY.matcher(request);
    if (!key.find()) {
      throw new IOException("no key in " + request);
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes(
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + OpeningHandshake.accept(key.group(1))
                + "\r\n"
                + line
                + "\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    for (int b : glued) {
      answer.write(b);
    }
    socket.getOutputStream().write(answer.toByteArray());
  }

  /** The head of the handshake that was accepted. */
  String request() {
    return request.toString();
  }

  void send(int... bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int b : bytes) {
      out.write(b);
    }
    socket.getOutputStream().write(out.toByteArray());
  }

  void sendText(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x81);
    out.write(bytes.length);
    out.writeBytes(bytes);
    socket.getOutputStream().write(out.toByteArray());
  }

  /** The client's next frame: first byte in hexadecimal, a blank, the payload unmasked. */
  String readFrame() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    if ((second & 0x80) == 0 || (second & 0x7f) > 125) {
      throw new IOException("not a short masked frame");
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(second & 0x7f);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return Integer.toHexString(first) + " " + new String(payload, StandardCharsets.ISO_8859_1);
  }

  /** True when the client has closed its side and said nothing more. */
  boolean readEnd() throws IOException {
    return in.read() < 0;
  }

  /** Accepts no further connection; the open one stays. */
  void stopListening() throws IOException {
    listening.close();
  }

  void closeSocket() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
    }
    listening.close();
  }
}
