package dev.fanbench.emulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One HTTP connection, for requests that no library sends. */
final class RawHttp implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  /**
   * An answer.
   *
   * @param headers by their names in lower case
   */
  record Answer(int status, Map<String, String> headers, String body) {}

  private RawHttp(URI url) throws IOException {
    socket = new Socket();
    socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
    socket.setSoTimeout((int) TestApi.PATIENCE.toMillis());
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  static RawHttp connect(URI url) throws IOException {
    return new RawHttp(url);
  }

  /** Sends one request on a connection of its own; the first answer to it. */
  static Answer ask(URI url, String request) throws IOException {
    try (RawHttp http = connect(url)) {
      return http.send(request).next();
    }
  }

  /** A good upgrade request, with the key of the standard's own example. */
  static String upgrade(URI url) {
    return """
        GET %s HTTP/1.1\r
        Host: %s\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        \r
        """
        .formatted(url.getPath(), url.getAuthority());
  }

  /** A request without further headers and, unless its body is empty, with a length. */
  static String request(String method, URI uri, String body) {
    String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
    return "%s %s HTTP/1.1\r\nHost: %s\r\n%s\r\n%s"
        .formatted(method, uri.getRawPath(), uri.getAuthority(), length, body);
  }

  /** Sends text as it is, one byte for each character. */
  RawHttp send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  RawHttp send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** The next answer, awaited; its body is as long as its header says, or as given. */
  Answer next() throws IOException {
    return next(false);
  }

  /** The next answer to a HEAD. */
  Answer nextHead() throws IOException {
    return next(true);
  }

  private Answer next(boolean withoutBody) throws IOException {
    int status = Integer.parseInt(line().substring(9, 12));
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    int length = withoutBody ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Answer(status, headers, new String(in.readNBytes(length), ISO_8859_1));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("ended after: " + line);
      }
      line.append((char) c);
    }
    return line.toString().trim();
  }

  /** The next byte, awaited, or -1. */
  int read() throws IOException {
    return in.read();
  }

  /** Whether the server has ended the stream, awaited. */
  boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  /** Ends the socket by a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /**
   * Sends the same again and again until the server ends the connection, or {@code mostBytes} are
   * sent.
   */
  void flood(String text, long mostBytes) throws IOException {
    try {
      for (long sent = 0; sent < mostBytes; sent += text.length()) {
        send(text);
      }
    } catch (SocketException closed) {
      // What the server does to a client that does not read.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
