package dev.fanbench.target;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A {@code redis-server} on a free loopback port, in memory only, for as long as this process.
 *
 * <pre>{@code
 * try (RedisServer redis = RedisServer.start()) {
 *   connect(redis.uri());
 * }
 * }</pre>
 *
 * <p>The server knows no parent, so a shell stands between: it waits for the end of a pipe that
 * this process holds, as {@link ParentWatch} does, and then kills the server. It ends with this
 * process, however that ends, and no sooner: a Ctrl-C at the terminal reaches neither of the two,
 * so that what is in progress can be finished. Thread-safe.
 */
public final class RedisServer implements AutoCloseable {
  private static final List<String> PROGRAMS = List.of("redis-server", "valkey-server");

  /** A server of its own session, where the system has {@code setsid}; $! is its process id. */
  private static final String GUARD =
      "trap '' INT TERM HUP; $(command -v setsid) \"$@\" & server=$!;"
          + " echo \"process $server\"; exec >/dev/null 2>&1; cat; kill -9 $server";

  /** Another process may take the free port before the server does. */
  private static final int ATTEMPTS = 3;

  /** The start of a line of the guard; the rest is the id of the server's process. */
  private static final String PROCESS = "process ";

  private static final String LISTENING = "Ready to accept connections";
  private static final long STOP_SECONDS = 5;

  private final Process guard;
  private final long pid;
  private final URI uri;

  private RedisServer(Process guard, long pid, URI uri) {
    this.guard = guard;
    this.pid = pid;
    this.uri = uri;
  }

  /**
   * Starts a server and waits until it listens.
   *
   * @throws IOException with a sentence for the user if there is no such program, or it fails
   */
  public static RedisServer start() throws IOException {
    String lastWords = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return start(freePort());
      } catch (StartFailure failed) {
        lastWords = failed.getMessage();
      }
    }
    throw new IOException(lastWords);
  }

  /**
   * Starts a server on a given loopback port and waits until it listens.
   *
   * @throws IOException with a sentence for the user if there is no such program, or it fails
   */
  public static RedisServer start(int port) throws IOException {
    Path program =
        program()
            .orElseThrow(
                () ->
                    new IOException(
                        "redis-server is not on the PATH; install it, for example with: apt-get"
                            + " install redis-server"));
    String lastWords = "";
    Process guard = guarded(program, port);
    BufferedReader says = guard.inputReader(StandardCharsets.UTF_8);
    long pid = 0;
    boolean listening = false;
    for (String line = says.readLine(); line != null; line = says.readLine()) {
      if (line.startsWith(PROCESS)) {
        pid = Long.parseLong(line.substring(PROCESS.length()));
      } else {
        listening |= line.contains(LISTENING);
        lastWords = line;
      }
      if (listening && pid > 0) {
        drain(says);
        return new RedisServer(guard, pid, URI.create("redis://127.0.0.1:" + port));
      }
    }
    end(guard);
    throw new StartFailure(program + " does not start: " + lastWords);
  }

  /** The program is there, and ends before it listens. */
  private static final class StartFailure extends IOException {
    private static final long serialVersionUID = 1L;

    StartFailure(String message) {
      super(message);
    }
  }

  private static Optional<Path> program() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return PROGRAMS.stream()
        .flatMap(name -> directories(path).map(directory -> directory.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Stream<Path> directories(String path) {
    return Arrays.stream(path.split(File.pathSeparator, -1)).map(Path::of);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Process guarded(Path program, int port) throws IOException {
    return new ProcessBuilder(
            List.of(
                "sh",
                "-c",
                GUARD,
                "redis-guard",
                program.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                System.getProperty("java.io.tmpdir"),
                "--always-show-logo",
                "no"))
        .redirectErrorStream(true)
        .start();
  }

  /** Reads the log, since a server stops when the pipe is full. */
  private static void drain(BufferedReader says) {
    Thread drain = new Thread(() -> says.lines().forEach(line -> {}), "store-redis-log");
    drain.setDaemon(true);
    drain.setUncaughtExceptionHandler((thread, closed) -> {});
    drain.start();
  }

  /** The address: {@code redis://127.0.0.1:port}. */
  public URI uri() {
    return uri;
  }

  /** The id of the server's process. */
  public long pid() {
    return pid;
  }

  /** Kills the server, and everything in it is gone. Safe to call twice. */
  @Override
  public void close() {
    end(guard);
  }

  private static void end(Process guard) {
    try {
      guard.getOutputStream().close();
      if (!guard.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        guard.descendants().forEach(ProcessHandle::destroyForcibly);
        guard.destroyForcibly();
      }
    } catch (IOException gone) {
      // A pipe without a reader: the guard has ended.
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
