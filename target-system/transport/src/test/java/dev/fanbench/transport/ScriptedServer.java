package dev.fanbench.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a free port, whose connections do what a script says. */
final class ScriptedServer implements AutoCloseable {
  /** The conduct of a connection; the connection is closed at its end. */
  interface Script {
    void serve(Peer peer) throws IOException;
  }

  /** A request without the rest of its head. */
  record Received(String line, List<String> headers, String body) {
    String header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(each -> each.toLowerCase(Locale.ROOT).startsWith(start))
          .map(each -> each.substring(start.length()).trim())
          .findFirst()
          .orElse("");
    }
  }

  private final ServerSocket socket;
  private final Script script;
  private final String scheme;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  final AtomicInteger accepted = new AtomicInteger();
  final AtomicInteger mostOpen = new AtomicInteger();
  final List<Received> received = Collections.synchronizedList(new ArrayList<>());

  ScriptedServer(Script script) throws IOException {
    this(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()), "http", script);
  }

  ScriptedServer(ServerSocket socket, String scheme, Script script) {
    this.socket = socket;
    this.scheme = scheme;
    this.script = script;
    start(this::accept);
  }

  URI uri() {
    return URI.create(scheme + "://127.0.0.1:" + socket.getLocalPort());
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        accepted.incrementAndGet();
        open.add(connection);
        mostOpen.accumulateAndGet(open.size(), Math::max);
        start(() -> serve(connection));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      script.serve(new Peer(connection));
    } catch (IOException lost) {
      return;
    } finally {
      open.remove(connection);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket each : open) {
      each.close();
    }
  }

  /** The server's end of a connection. */
  final class Peer {
    private final Socket connection;
    private final InputStream in;

    Peer(Socket connection) throws IOException {
      this.connection = connection;
      this.in = new BufferedInputStream(connection.getInputStream());
    }

    /** The next request, or {@code null} at the end of the stream. */
    Received read() throws IOException {
      String line = line();
      if (line == null) {
        return null;
      }
      List<String> headers = new ArrayList<>();
      for (String header = line(); !header.isEmpty(); header = line()) {
        headers.add(header);
      }
      Received head = new Received(line, headers, "");
      String length = head.header("Content-Length");
      String body =
          head.header("Transfer-Encoding").equals("chunked")
              ? chunks()
              : new String(in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length)), UTF_8);
      Received whole = new Received(line, headers, body);
      received.add(whole);
      return whole;
    }

    private String chunks() throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      while (true) {
        int size = Integer.parseInt(line(), 16);
        body.write(in.readNBytes(size));
        line();
        if (size == 0) {
          return body.toString(UTF_8);
        }
      }
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          return null;
        }
        if (next != '\r') {
          line.append((char) next);
        }
      }
      return line.toString();
    }

    /** Waits for the client to close. */
    boolean isAtEnd() throws IOException {
      return in.read() < 0;
    }

    void write(String bytes) throws IOException {
      connection.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    /** An answer with headers of its own, each with its line break. */
    void answer(int status, String headers, String body) throws IOException {
      write(
          "HTTP/1.1 %d Said\r\n%sContent-Length: %d\r\n\r\n%s"
              .formatted(status, headers, body.length(), body));
    }

    /** Answers every request alike until the client closes. */
    void answerAll(int status, String headers, String body) throws IOException {
      while (read() != null) {
        answer(status, headers, body);
      }
    }

    /** Closes with a reset in place of the end of the stream. */
    void reset() throws IOException {
      connection.setSoLinger(true, 0);
      connection.close();
    }
  }
}
