package dev.fanbench.gatling.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Messages over a socket, one a line. Any thread may send; one thread receives. */
final class MessageChannel implements Closeable {
  /** The longest line of a peer that has not said its token yet. */
  static final int LONGEST_GREETING = 4_096;

  /** The longest line of a peer that has. */
  static final int LONGEST_LINE = 128 * 1_024;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private volatile int longest = LONGEST_GREETING;

  /**
   * A channel over a connected socket.
   *
   * @param silentMillis after so long without a message the peer counts as gone
   */
  MessageChannel(Socket socket, int silentMillis) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(silentMillis);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Takes long lines from now on. */
  void trust() {
    longest = LONGEST_LINE;
  }

  void send(Message message) throws IOException {
    byte[] line = (JSON.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      out.write(line);
      out.flush();
    }
  }

  /**
   * Waits for the next message.
   *
   * @return null when the peer has closed the connection
   * @throws IOException when it is silent, or its line is too long or no message
   */
  Message receive() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (line.size() == longest) {
        throw new IOException("a line of over " + longest + " bytes");
      }
      line.write(next);
    }
    try {
      return JSON.readValue(line.toByteArray(), Message.class);
    } catch (JsonProcessingException e) {
      throw new IOException("a line that is no message", e);
    }
  }

  /** The address of the peer. */
  String peer() {
    return socket.getInetAddress().getHostAddress();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
