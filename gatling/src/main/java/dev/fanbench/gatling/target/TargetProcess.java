package dev.fanbench.gatling.target;

import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.ServerDescriptor;
import dev.fanbench.target.Ready;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * A target in a process of its own, from READY to its end. Thread-safe.
 *
 * <p>The child holds the read end of a pipe from this process and leaves when it breaks; {@link
 * #close()} closes that pipe, waits for a graceful end, and then insists.
 */
final class TargetProcess implements AutoCloseable {
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 10;
  private static final int LAST_LINES = 8;
  private static final long PROBE_NANOS = 20_000_000;

  private final String label;
  private final Process process;
  private final CompletableFuture<Ready> ready = new CompletableFuture<>();
  private final Deque<String> lastLines = new ArrayDeque<>();
  private volatile boolean asked;

  private TargetProcess(String label, Process process) {
    this.label = label;
    this.process = process;
  }

  /**
   * Starts the process; does not wait for it to be ready.
   *
   * @param port where it listens; 0 for any that is free
   */
  static TargetProcess start(Launch launch, int port) throws TargetFailure {
    LaunchPlan plan = launch.plan();
    ServerDescriptor server = plan.server();
    if (!server.missing().isEmpty()) {
      throw new TargetFailure("Target " + String.join(" ", server.missing()));
    }
    boolean announces = server.ready() == ServerDescriptor.Readiness.LINE;
    int taken = announces || port > 0 ? port : freePort();
    List<String> command = plan.command(launch.options().home(), launch.pinning(), taken);
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(
                  (server.java().isPresent()
                          ? launch.options().directory(OptionCatalog.OUT)
                          : server.folder())
                      .toFile());
      builder.environment().putAll(launch.environment());
      Process process = builder.start();
      TargetProcess started = new TargetProcess(plan.label(), process);
      started.read("out", process.getInputStream());
      started.read("err", process.getErrorStream());
      if (!announces) {
        started.watchPort(URI.create("ws://127.0.0.1:" + taken + server.path()));
      }
      return started;
    } catch (IOException e) {
      throw new TargetFailure(
          "Target " + plan.label() + " could not be started: " + e.getMessage() + ".");
    }
  }

  private static int freePort() throws TargetFailure {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    } catch (IOException none) {
      throw new TargetFailure("No port of this machine is free: " + none.getMessage() + ".");
    }
  }

  /** Is ready as soon as the port accepts a connection. */
  private void watchPort(URI url) {
    Thread watch =
        new Thread(
            () -> {
              while (process.isAlive() && !ready.isDone()) {
                try {
                  new Socket(url.getHost(), url.getPort()).close();
                  ready.complete(new Ready(url, null, null, process.pid()));
                } catch (IOException notYet) {
                  LockSupport.parkNanos(PROBE_NANOS);
                }
              }
            },
            "target-port");
    watch.setDaemon(true);
    watch.start();
  }

  /** Waits until it accepts connections. */
  Ready awaitReady() throws TargetFailure, InterruptedException {
    var unused =
        process.onExit().thenRun(() -> ready.completeExceptionally(new IOException("ended")));
    try {
      return ready.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      close();
      throw new TargetFailure(
          "Target " + label + " accepted no connection within " + START_SECONDS + " s.");
    } catch (ExecutionException e) {
      throw new TargetFailure("Target " + label + " did not start. " + lastWords());
    }
  }

  /** Completes when the process has ended without being asked to; otherwise never. */
  CompletableFuture<Process> died() {
    CompletableFuture<Process> died = new CompletableFuture<>();
    var unused =
        process
            .onExit()
            .thenAccept(
                dead -> {
                  if (!asked) {
                    died.complete(dead);
                  }
                });
    return died;
  }

  /** The last lines that it printed, for a sentence. */
  String lastWords() {
    synchronized (lastLines) {
      return lastLines.isEmpty() ? "It said nothing." : "It said: " + String.join(" | ", lastLines);
    }
  }

  /** Asks for a graceful end, then insists. Safe to call twice. */
  @Override
  public void close() {
    close(Duration.ofSeconds(STOP_SECONDS));
  }

  /**
   * The same with another time.
   *
   * @param grace for the graceful end of the process and of all that it has started
   */
  void close(Duration grace) {
    asked = true;
    ProcessTree tree = ProcessTree.of(process);
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The pipe is gone, and so is the process or soon will be.
    }
    boolean interrupted = Thread.interrupted();
    try {
      if (!tree.awaitEnd(grace.toNanos())) {
        killWith(tree);
        tree.awaitEnd(TimeUnit.SECONDS.toNanos(STOP_SECONDS));
      }
    } catch (InterruptedException e) {
      killWith(tree);
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it without a warning, and waits until it is gone with all that it has started. */
  void kill() throws InterruptedException {
    asked = true;
    ProcessTree tree = ProcessTree.of(process);
    tree.kill();
    tree.awaitEnd(TimeUnit.SECONDS.toNanos(STOP_SECONDS));
  }

  /** Kills what runs now, and what ran before even if its parent has ended. */
  private void killWith(ProcessTree before) {
    ProcessTree.of(process).kill();
    before.kill();
  }

  private void read(String name, InputStream stream) {
    Thread reader = new Thread(() -> drain(stream), "target-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  private void drain(InputStream stream) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        accept(line);
      }
    } catch (IOException e) {
      // The stream ends with its process.
    }
  }

  private void accept(String line) {
    if (line.startsWith(Ready.PREFIX)) {
      ready.complete(Ready.parse(line));
      return;
    }
    synchronized (lastLines) {
      if (lastLines.size() == LAST_LINES) {
        lastLines.removeFirst();
      }
      lastLines.addLast(line);
    }
  }
}
