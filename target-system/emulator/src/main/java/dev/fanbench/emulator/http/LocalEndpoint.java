package dev.fanbench.emulator.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.fanbench.emulator.template.TemplateException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves an {@link HttpHandler} on loopback. The port is taken first, so that its number can be
 * told to the template; the handler, which wants its own settings, comes when those are there.
 */
public final class LocalEndpoint implements AutoCloseable {
  private static final int THREADS = 64;
  private static final int BACKLOG = 1_024;

  private final HttpServer server;
  private final ExecutorService threads;

  private LocalEndpoint(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Takes a port.
   *
   * @throws IOException if none can be had
   */
  public static LocalEndpoint bind() throws IOException {
    // Head and body are two writes; without this the second waits for the client's delayed ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "fn-http-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    return new LocalEndpoint(server, threads);
  }

  /** Its address, without a path. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * Serves from now on.
   *
   * @param handler the name of its class
   * @throws TemplateException if there is no such handler, or it cannot be constructed
   */
  public void open(String handler) {
    try {
      server.createContext(
          "/",
          Class.forName(handler)
              .asSubclass(HttpHandler.class)
              .getDeclaredConstructor()
              .newInstance());
    } catch (ReflectiveOperationException | ClassCastException broken) {
      throw new TemplateException("LocalHttp.Handler cannot be constructed: " + broken);
    }
    server.start();
  }

  /** Stops at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
