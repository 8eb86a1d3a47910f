package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.baseline.broadcast.ServerTransport;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.target.Ready;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server as a process of its own. */
class NettyTargetTest {
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void leaveNothingBehind() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void saysThatItIsReadyAndGoesWithItsParent() throws Exception {
    Process target = launch("--watch-parent", "--loops", "2");
    Ready ready = ready(target);
    assertEquals(target.pid(), ready.pid());
    assertEquals(ServerTransport.best().toString(), ready.transport());
    assertNull(ready.connections());
    try (ChatClient client = ChatClient.connect(ready.url())) {
      client.expectNothing();
      String counters = get(ready, "/counters");
      assertTrue(counters.contains("\"connections.open\":1,"), counters);
      assertTrue(counters.contains("\"frames.received\":1,"), counters);

      target.getOutputStream().close();
      assertEquals(1001, client.closeCode());
    }
    assertTrue(target.waitFor(10, TimeUnit.SECONDS));
    assertEquals(0, target.exitValue());
  }

  @Test
  void drainsWhenItIsTerminated() throws Exception {
    Process target = launch();
    try (ChatClient client = ChatClient.connect(ready(target).url())) {
      target.destroy();
      assertEquals(1001, client.closeCode());
    }
    assertTrue(target.waitFor(10, TimeUnit.SECONDS));
  }

  @Test
  void portInUseIsOneSentenceAndExitCode1() throws Exception {
    try (NettyServer first = NettyServer.start(ServerOptions.defaults())) {
      int port = first.url().getPort();
      Process target = launch("--port", String.valueOf(port));
      List<String> complaint = target.errorReader().lines().toList();
      assertEquals(1, complaint.size(), String.join("\n", complaint));
      assertTrue(complaint.get(0).contains("127.0.0.1:" + port), complaint.get(0));
      assertEquals(1, target.waitFor());
    }
  }

  @Test
  void badOptionsAreExitCode2() throws Exception {
    Process unknown = launch("--colour", "blue");
    Process outOfRange = launch("--port", "70000");
    assertTrue(unknown.errorReader().readLine().contains("--colour"));
    assertEquals(2, unknown.waitFor());
    assertEquals(
        "--port=70000 is not allowed; --port takes 0 to 65535",
        outOfRange.errorReader().readLine());
    assertEquals(2, outOfRange.waitFor());
    Process tooSlow = launch("--requests", "one-at-a-time", "--request-millis", "10001");
    assertEquals(
        "--request-millis=10001 is not allowed; --request-millis takes 0 to 10000",
        tooSlow.errorReader().readLine());
    assertEquals(2, tooSlow.waitFor());
    assertEquals(
        "--slow=sometimes is not allowed; --slow takes drop, conflate, disconnect, buffer",
        launch("--slow", "sometimes").errorReader().readLine());
    Process address = launch("--redis", "http://127.0.0.1:6379");
    assertEquals(
        "--redis=http://127.0.0.1:6379 is not allowed; --redis takes redis://HOST:PORT or"
            + " rediss://HOST:PORT, without a user and without _ in HOST",
        address.errorReader().readLine());
    assertEquals(2, address.waitFor());
  }

  private Process launch(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath()));
    command.add(NettyTarget.class.getName());
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  /** The class path that a launcher uses, from where the build writes it. */
  private static String classPath() throws IOException {
    return Path.of("target", "classes")
        + File.pathSeparator
        + Files.readString(Path.of("target", "launch.classpath")).strip();
  }

  private static Ready ready(Process target) throws IOException {
    BufferedReader out = target.inputReader();
    return Ready.parse(out.readLine());
  }

  private static String get(Ready ready, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(ready.control().resolve(path))
                .timeout(ChatClient.PATIENCE)
                .build(),
            BodyHandlers.ofString())
        .body();
  }
}
