package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.JsonObject;
import dev.fanbench.protocol.contract.RawSocket;
import dev.fanbench.protocol.launch.Ready;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a connection costs that says nothing, in a server process of its own. */
@Tag("soak")
class IdleConnectionsTest {
  /** A process may have 20,000 files here. */
  private static final int CONNECTIONS = 18_000;

  private static final int WARM_UP = 2_000;
  private static final int MOST_BYTES = 8 * 1024;

  /** So many connections fit between one source address and one port. */
  private static final int PER_SOURCE = 9_000;

  /**
   * What a process holds. The heap is resident from the start, so that what else becomes resident
   * is direct or native memory.
   */
  private record Memory(long liveHeapBytes, long residentBytes) {
    long bytesSince(Memory before) {
      return liveHeapBytes - before.liveHeapBytes + residentBytes - before.residentBytes;
    }
  }

  @Test
  void takesNoMoreThanEightKilobytes() throws Exception {
    Process target = launch();
    try {
      Ready ready = Ready.parse(target.inputReader().readLine());
      close(connect(ready.url(), WARM_UP));
      awaitOpen(ready, 0);
      Memory before = memory(ready);
      long kernelBefore = kernelBytes();
      long start = System.nanoTime();
      List<SocketChannel> open = connect(ready.url(), CONNECTIONS);
      double seconds = (System.nanoTime() - start) / 1e9;
      awaitOpen(ready, CONNECTIONS);
      long bytes = memory(ready).bytesSince(before) / CONNECTIONS;
      System.out.printf(
          "%d idle connections: %,d bytes each in the server, %,d in the kernel (both"
              + " ends); %,.0f connects/s%n",
          CONNECTIONS, bytes, (kernelBytes() - kernelBefore) / CONNECTIONS, CONNECTIONS / seconds);
      close(open);
      awaitOpen(ready, 0);
      assertTrue(bytes <= MOST_BYTES, bytes + " bytes for each connection");
    } finally {
      target.destroyForcibly();
    }
  }

  private static Process launch() throws IOException {
    String classPath =
        Path.of("target", "classes")
            + File.pathSeparator
            + Files.readString(Path.of("target", "launch.classpath")).strip();
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms512m",
            "-Xmx512m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-Dio.netty.leakDetection.level=disabled",
            "-cp",
            classPath,
            NettyTarget.class.getName(),
            "--watch-parent")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<SocketChannel> connect(URI url, int connections) throws IOException {
    byte[] request = RawSocket.upgrade(url).getBytes(StandardCharsets.US_ASCII);
    InetSocketAddress server = new InetSocketAddress(url.getHost(), url.getPort());
    List<SocketChannel> open = new ArrayList<>(connections);
    for (int i = 0; i < connections; i++) {
      SocketChannel channel = SocketChannel.open();
      open.add(channel);
      channel.bind(new InetSocketAddress("127.0.0." + (2 + i / PER_SOURCE), 0));
      channel.connect(server);
      channel.write(ByteBuffer.wrap(request));
      awaitUpgrade(channel);
    }
    return open;
  }

  private static void awaitUpgrade(SocketChannel channel) throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(1024);
    String head = "";
    while (!head.endsWith("\r\n\r\n")) {
      assertTrue(channel.read(answer) > 0, head);
      head = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
    }
    assertTrue(head.startsWith("HTTP/1.1 101 "), head);
  }

  private static void close(List<SocketChannel> open) throws IOException {
    for (SocketChannel channel : open) {
      channel.close();
    }
  }

  private static void awaitOpen(Ready ready, int connections) {
    Awaited.figure("connections", () -> counter(ready, "connections.open"), connections);
  }

  private static Memory memory(Ready ready) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process collect =
        new ProcessBuilder(jcmd, String.valueOf(ready.pid()), "GC.run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(0, collect.waitFor());
    return new Memory(counter(ready, "heap.usedBytes"), residentBytes(ready.pid()));
  }

  private static long counter(Ready ready, String name) {
    try {
      HttpRequest request = HttpRequest.newBuilder(ready.control().resolve("/counters")).build();
      String counters = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      return Long.parseLong(JsonObject.parse(counters).orElseThrow().source(name).orElseThrow());
    } catch (IOException | InterruptedException gone) {
      throw new AssertionError(gone);
    }
  }

  private static long residentBytes(long pid) throws IOException {
    return number(Path.of("/proc/" + pid + "/status"), "VmRSS:", 1) * 1024;
  }

  /** The machine's, so that both ends are in it, and whatever else it does. */
  private static long kernelBytes() throws IOException {
    return number(Path.of("/proc/meminfo"), "SUnreclaim:", 1) * 1024;
  }

  private static long number(Path file, String line, int word) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(text -> text.startsWith(line))
        .map(text -> Long.parseLong(text.split("\\s+", -1)[word]))
        .findFirst()
        .orElseThrow();
  }
}
