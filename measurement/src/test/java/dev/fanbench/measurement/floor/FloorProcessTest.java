package dev.fanbench.measurement.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The floor target as the launcher sees it. */
@Timeout(60)
class FloorProcessTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void itSaysWhereItListensAndGoesWithItsParent() throws Exception {
    Process process = launch("--watch-parent");
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      JsonNode ready = ready(lines.readLine());
      assertEquals(process.pid(), ready.get("pid").asLong());
      assertTrue(ready.get("connections").isNull());
      try (TestClient client = TestClient.connect(ready.get("url").asText())) {
        client.send("hello");
        JsonNode counters = get(ready.get("control").asText() + "/counters");
        assertEquals(1, counters.get("connections.open").asInt());
        assertTrue(counters.get("heap.usedBytes").asLong() > 0);
        process.getOutputStream().close(); // what the kernel does when the parent is killed
        assertEquals(1001, client.receiveClose());
      }
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aSignalStopsIt() throws Exception {
    Process process = launch();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      JsonNode ready = ready(lines.readLine());
      try (TestClient client = TestClient.connect(ready.get("url").asText())) {
        process.destroy();
        assertEquals(1001, client.receiveClose());
      }
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aPortInUseIsOneSentence() throws Exception {
    try (FloorTarget first = FloorTarget.start(FloorOptions.standard())) {
      int port = URI.create(first.url()).getPort();
      assertEquals(1, run("--port", Integer.toString(port)));
      assertEquals(
          "cannot listen on 127.0.0.1:" + port + ": Address already in use\n",
          err.toString(StandardCharsets.UTF_8));
    }
    assertEquals("", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aBadOptionSaysWhatIsAllowed() throws Exception {
    assertEquals(2, run("--prot", "1"));
    assertEquals(
        "unknown option --prot: allowed are --host ADDRESS, --port 0-65535, --stage NAME,"
            + " --watch-parent\n",
        err.toString(StandardCharsets.UTF_8));
    assertBad("--port", "--port stands alone");
    assertBad("--port=x", "--port x is no port");
    assertBad("--port=65536", "--port 65536 is no port");
    assertBad("--stage=a/b", "--stage a/b is no name");
  }

  @Test
  void optionsAreReadInBothForms() {
    assertEquals(
        new FloorOptions("127.0.0.2", 9003, "prod", true),
        FloorOptions.parse("--host", "127.0.0.2", "--port=9003", "--watch-parent", "--stage=prod"));
  }

  @Test
  void aFaultIsRefused() throws Exception {
    try (FloorTarget floor = FloorTarget.start(FloorOptions.standard())) {
      HttpResponse<String> refused =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(floor.controlUrl() + "/fault"))
                      .POST(HttpRequest.BodyPublishers.ofString("{}"))
                      .timeout(Duration.ofSeconds(10))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertEquals(400, refused.statusCode());
      assertEquals("{\"message\":\"the floor target has no faults\"}", refused.body());
    }
  }

  private static void assertBad(String option, String sentence) {
    IllegalArgumentException bad =
        assertThrows(IllegalArgumentException.class, () -> FloorOptions.parse(option));
    assertTrue(bad.getMessage().startsWith(sentence + ": allowed are "), bad.getMessage());
  }

  private int run(String... args) throws IOException, InterruptedException {
    return FloorTarget.run(
        InputStream.nullInputStream(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        args);
  }

  private static Process launch(String... args) throws IOException {
    String[] command = new String[args.length + 5];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    command[1] = "-Xmx64m";
    command[2] = "-cp";
    command[3] = System.getProperty("java.class.path");
    command[4] = FloorTarget.class.getName();
    System.arraycopy(args, 0, command, 5, args.length);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static JsonNode ready(String line) throws IOException {
    assertTrue(line.startsWith("READY {\"url\":\"ws://127.0.0.1:"), line);
    return new JsonMapper().readTree(line.substring("READY ".length()));
  }

  private static JsonNode get(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build();
    return new JsonMapper()
        .readTree(
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}
