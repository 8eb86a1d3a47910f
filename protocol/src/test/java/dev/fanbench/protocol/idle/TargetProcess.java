package dev.fanbench.protocol.idle;

import dev.fanbench.protocol.JsonObject;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.target.Ready;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A target in a process of its own, started from the module under test. Its heap is resident from
 * the start, so that what else becomes resident is direct or native memory. Not thread-safe.
 */
public final class TargetProcess implements AutoCloseable {
  private static final long POLL_NANOS = 1_000_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Ready ready;

  /** What a process holds. */
  public record Memory(long liveHeapBytes, long residentBytes) {
    /** Growth of both. */
    public long bytesSince(Memory before) {
      return liveHeapBytes - before.liveHeapBytes + residentBytes - before.residentBytes;
    }
  }

  private TargetProcess(Process process, Ready ready) {
    this.process = process;
    this.ready = ready;
  }

  /**
   * Starts {@code main} and waits until it listens.
   *
   * @param heap as in {@code -Xmx}
   */
  public static TargetProcess start(Class<?> main, String heap, String... options)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heap,
                "-Xmx" + heap,
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dio.netty.leakDetection.level=disabled",
                "-cp",
                Path.of("target", "classes")
                    + File.pathSeparator
                    + Files.readString(Path.of("target", "launch.classpath")).strip(),
                main.getName(),
                "--watch-parent"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      return new TargetProcess(process, Ready.parse(process.inputReader().readLine()));
    } catch (IOException | RuntimeException failed) {
      process.destroyForcibly();
      throw failed;
    }
  }

  /** Where it listens. */
  public Ready ready() {
    return ready;
  }

  /** One of its counters. */
  public long counter(String name) throws IOException {
    return Long.parseLong(counters().source(name).orElseThrow());
  }

  /** Whether it has a counter of that name. */
  public boolean hasCounter(String name) throws IOException {
    return counters().source(name).isPresent();
  }

  private JsonObject counters() throws IOException {
    HttpRequest request = HttpRequest.newBuilder(ready.control().resolve("/counters")).build();
    try {
      String counters = http.send(request, BodyHandlers.ofString()).body();
      return JsonObject.parse(counters).orElseThrow();
    } catch (InterruptedException gone) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", gone);
    }
  }

  /** Returns as soon as a counter has that value; fails after {@code patience}. */
  public void await(String name, long value, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    long is = counter(name);
    while (is != value) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("%s is %d, not %d".formatted(name, is, value));
      }
      LockSupport.parkNanos(POLL_NANOS);
      is = counter(name);
    }
  }

  /** Returns as soon as so many connections are open, with every contract test's patience. */
  public void awaitOpen(int connections) throws IOException {
    await("connections.open", connections, ChatClient.PATIENCE);
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** The exit code, awaited with every contract test's patience. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(ChatClient.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue();
  }

  /** What it holds once its garbage is collected. */
  public Memory memory() throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process collect =
        new ProcessBuilder(jcmd, String.valueOf(ready.pid()), "GC.run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (collect.onExit().join().exitValue() != 0) {
      throw new IOException("jcmd cannot ask for a collection");
    }
    return new Memory(
        counter("heap.usedBytes"),
        kilobytes(Path.of("/proc/" + ready.pid() + "/status"), "VmRSS:") * 1024);
  }

  /** Processor time so far. */
  public Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  /** The kernel's memory, the machine's: both ends of a connection are in it, and all else. */
  public static long kernelBytes() throws IOException {
    return kilobytes(Path.of("/proc/meminfo"), "SUnreclaim:") * 1024;
  }

  private static long kilobytes(Path file, String line) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(text -> text.startsWith(line))
        .map(text -> Long.parseLong(text.split("\\s+", -1)[1]))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
