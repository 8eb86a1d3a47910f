package dev.fanbench.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.target.Ready;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The floor as a process of its own. */
@Timeout(60)
class FloorTargetTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void leaveNothingBehind() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void reportsItsAddressAndEndsWithItsParent() throws Exception {
    Process target = launch("--watch-parent");
    Ready ready = ready(target);
    assertEquals(target.pid(), ready.pid());
    assertNull(ready.connections());
    try (TestClient client = TestClient.connect(ready.url())) {
      client.send("hello");
      String counters = send(ready.control().resolve("/counters"), "GET", "").body();
      assertTrue(counters.contains("\"connections.open\":1,"), counters);
      assertTrue(counters.contains("\"heap.usedBytes\":"), counters);
      target.getOutputStream().close(); // what the kernel does when the parent is killed
      assertEquals(1001, client.receiveClose());
    }
    assertTrue(target.waitFor(20, TimeUnit.SECONDS));
    assertEquals(0, target.exitValue());
  }

  @Test
  void signalStopsIt() throws Exception {
    Process target = launch("--stage=prod", "--host", "127.0.0.1");
    Ready ready = ready(target);
    assertEquals("/prod", ready.url().getPath());
    try (TestClient client = TestClient.connect(ready.url())) {
      target.destroy();
      assertEquals(1001, client.receiveClose());
    }
    assertTrue(target.waitFor(20, TimeUnit.SECONDS));
  }

  @Test
  void portInUseIsOneSentence() throws Exception {
    try (FloorServer first = FloorServer.start()) {
      int port = first.url().getPort();
      assertComplaint(
          1,
          "cannot listen at 127.0.0.1:%d: the port is in use; choose another --port, 0 for any"
                  .formatted(port)
              + " free one",
          "--port",
          Integer.toString(port));
    }
  }

  @Test
  void badOptionIsOneSentence() throws Exception {
    assertComplaint(2, "--port=65536 is not allowed; --port takes 0 to 65535", "--port", "65536");
    assertComplaint(
        2, "--stage=a/b is not allowed; --stage takes letters, digits, _ and -", "--stage", "a/b");
    assertComplaint(
        2, "--slowdown=2.0 is not allowed; --slowdown takes a share from 0 to 1", "--slowdown=2");
    assertComplaint(2, "--prot is not an option; did you mean --port?", "--prot", "1");
    assertComplaint(2, "--port=x is not allowed; --port takes a whole number", "--port", "x");
  }

  @Test
  void faultIsRejected() throws Exception {
    Ready ready = ready(launch("--watch-parent"));
    HttpResponse<String> refused =
        send(ready.control().resolve("/fault"), "POST", "{\"stallMillis\":1}");
    assertEquals(400, refused.statusCode());
    assertEquals(
        "{\"message\":\"fault stallMillis is not allowed; this target takes no faults\"}",
        refused.body());
  }

  private void assertComplaint(int exitCode, String sentence, String... options) throws Exception {
    Process target = launch(options);
    assertEquals(List.of(sentence), target.errorReader().lines().toList());
    assertEquals(exitCode, target.waitFor());
  }

  private Process launch(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Path.of("target", "classes")
                    + File.pathSeparator
                    + Files.readString(Path.of("target", "launch.classpath")).strip(),
                FloorTarget.class.getName()));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  private static Ready ready(Process target) throws IOException {
    return Ready.parse(target.inputReader().readLine());
  }

  private HttpResponse<String> send(URI url, String method, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(url)
            .method(method, BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(10))
            .build(),
        BodyHandlers.ofString());
  }
}
