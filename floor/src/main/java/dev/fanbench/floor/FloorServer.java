package dev.fanbench.floor;

import dev.fanbench.target.FaultInjector;
import dev.fanbench.target.ListenFailure;
import dev.fanbench.target.RunningTarget;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The floor: a chat server with one thread that only writes.
 *
 * <pre>{@code
 * try (FloorServer floor = FloorServer.start("127.0.0.1", 0, "dev")) {
 *   connect(floor.url());
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class FloorServer implements RunningTarget {
  /** The path that is served unless another is given. */
  public static final String STAGE = "dev";

  private static final int BACKLOG = 4_096;
  private static final long STOP_SECONDS = 5;

  private final URI url;
  private final FloorTally counters;
  private final FloorLoop loop;
  private final Thread thread;

  private FloorServer(URI url, FloorTally counters, FloorLoop loop, Thread thread) {
    this.url = url;
    this.counters = counters;
    this.loop = loop;
    this.thread = thread;
  }

  /** Starts at any free port of loopback. */
  public static FloorServer start() throws IOException {
    return start("127.0.0.1", 0, STAGE, 0);
  }

  /**
   * Starts listening.
   *
   * @param port 0 for any free one
   * @param stage the path that is served: letters, digits, {@code _} and {@code -}
   * @param slowdown the share by which each write takes longer, from 0 to 1
   * @throws IOException with a sentence that names host and port, if it cannot listen there
   * @throws IllegalArgumentException with a sentence, if port, stage or slowdown is not allowed
   */
  public static FloorServer start(String host, int port, String stage, double slowdown)
      throws IOException {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "--port=%d is not allowed; --port takes 0 to 65535".formatted(port));
    }
    if (!stage.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException(
          "--stage=%s is not allowed; --stage takes letters, digits, _ and -".formatted(stage));
    }
    if (!(slowdown >= 0 && slowdown <= 1)) {
      throw new IllegalArgumentException(
          "--slowdown=%s is not allowed; --slowdown takes a share from 0 to 1".formatted(slowdown));
    }
    ServerSocketChannel server = ServerSocketChannel.open();
    try {
      server.bind(new InetSocketAddress(host, port), BACKLOG);
    } catch (IOException | RuntimeException refused) {
      server.close();
      throw new IOException(ListenFailure.sentence(host, port, refused), refused);
    }
    int bound = ((InetSocketAddress) server.getLocalAddress()).getPort();
    FloorTally counters = new FloorTally();
    FloorLoop loop = new FloorLoop(server, stage, counters, slowdown);
    Thread thread = new Thread(loop, "loop-0");
    thread.start();
    URI url = URI.create("ws://%s:%d/%s".formatted(host, bound, stage));
    return new FloorServer(url, counters, loop, thread);
  }

  @Override
  public URI url() {
    return url;
  }

  @Override
  public Map<String, Long> counters() {
    return counters.read();
  }

  @Override
  public FaultInjector faults() {
    return FaultInjector.none();
  }

  /** Stops in order: queued frames go out, then each client gets close 1001. */
  @Override
  public void close() {
    loop.stop();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
