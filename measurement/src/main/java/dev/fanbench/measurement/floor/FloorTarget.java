package dev.fanbench.measurement.floor;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fanbench.measurement.clock.SystemNanoClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The floor target: a server in a process of its own, or in a test.
 *
 * <pre>{@code
 * try (FloorTarget floor = FloorTarget.start(FloorOptions.standard())) {
 *   ... connect to floor.url() ...
 * }
 * }</pre>
 */
public final class FloorTarget implements AutoCloseable {

  private static final int BACKLOG = 4_096;

  private final String url;
  private final FloorControl control;
  private final FloorCounters counters;
  private final FloorLoop loop;
  private final Thread thread;

  private FloorTarget(
      String url, FloorControl control, FloorCounters counters, FloorLoop loop, Thread thread) {
    this.url = url;
    this.control = control;
    this.counters = counters;
    this.loop = loop;
    this.thread = thread;
  }

  /**
   * Starts listening.
   *
   * @throws IOException when it cannot; the message names host and port
   */
  public static FloorTarget start(FloorOptions options) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    try {
      server.bind(new InetSocketAddress(options.host(), options.port()), BACKLOG);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw new IOException(
          "cannot listen on %s:%d: %s".formatted(options.host(), options.port(), why(e)), e);
    }
    int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
    FloorCounters counters = new FloorCounters();
    FloorLoop loop = new FloorLoop(server, options.stage(), SystemNanoClock.INSTANCE, counters);
    Thread thread = new Thread(loop, "loop-0");
    thread.start();
    String url = "ws://%s:%d/%s".formatted(options.host(), port, options.stage());
    return new FloorTarget(url, new FloorControl(counters), counters, loop, thread);
  }

  /** Where clients connect. */
  public String url() {
    return url;
  }

  /** Where its counters are. */
  public String controlUrl() {
    return control.url();
  }

  /** Its counters now, as the control URL gives them. */
  public Map<String, Long> counters() {
    return counters.read();
  }

  /** Stops as a server should: what is queued goes out, then every client sees close 1001. */
  @Override
  public void close() {
    loop.stop();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    control.close();
  }

  /** The line that says it listens, in the form every target has. */
  String readyLine() throws IOException {
    Map<String, Object> ready = new LinkedHashMap<>();
    ready.put("url", url);
    ready.put("connections", null);
    ready.put("control", controlUrl());
    ready.put("pid", ProcessHandle.current().pid());
    return "READY " + new JsonMapper().writeValueAsString(ready);
  }

  /** Runs it until it is told to stop. Exit codes: 1 cannot listen, 2 bad option. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int code = run(System.in, System.out, System.err, args);
    if (code != 0) {
      System.exit(code);
    }
  }

  static int run(InputStream parent, PrintStream out, PrintStream err, String... args)
      throws IOException, InterruptedException {
    FloorOptions options;
    try {
      options = FloorOptions.parse(args);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return 2;
    }
    FloorTarget target;
    try {
      target = start(options);
    } catch (IOException e) {
      err.println(e.getMessage());
      return 1;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(target::close, "stop"));
    out.println(target.readyLine());
    out.flush();
    if (options.watchParent()) {
      awaitEnd(parent);
      target.close();
    }
    target.thread.join();
    return 0;
  }

  private static void awaitEnd(InputStream parent) {
    byte[] ignored = new byte[64];
    try {
      while (parent.read(ignored) >= 0) {
        // What a parent says is of no interest, only that it is there.
      }
    } catch (IOException e) {
      // A pipe that breaks has no parent either.
    }
  }

  private static String why(Exception e) {
    return e instanceof java.nio.channels.UnresolvedAddressException
        ? "unknown host"
        : e.getMessage();
  }
}
