package dev.fanbench.functions.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that serves the chat over HTTP, for {@code HttpEndpoint} in {@code template.yaml}. It
 * is in the jar of the functions; start it with {@code java -cp …
 * dev.fanbench.functions.http.ChatServer}. It needs the functions' variables, and {@code
 * FANBENCH_HTTP_SECRET} with the secret that API Gateway sends. It listens on the port in {@code
 * PORT}, 8080 by default.
 */
public final class ChatServer implements AutoCloseable {
  private static final int THREADS = 64;
  private static final int BACKLOG = 1_024;

  private final HttpServer server;
  private final ExecutorService threads;

  private ChatServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /** Serves until the process ends. */
  public static void main(String[] arguments) throws IOException {
    String port = Optional.ofNullable(System.getenv("PORT")).orElse("8080");
    start(new InetSocketAddress(Integer.parseInt(port)), new ChatExchange());
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if the address cannot be had
   */
  public static ChatServer start(InetSocketAddress address, HttpHandler handler)
      throws IOException {
    // Head and body are two writes; without this the second waits for the client's delayed ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server = HttpServer.create(address, BACKLOG);
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS, task -> new Thread(task, "fn-http-" + number.incrementAndGet()));
    server.setExecutor(threads);
    server.createContext("/", handler);
    server.start();
    return new ChatServer(server, threads);
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Stops at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
