package dev.fanbench.gatling.faulty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.target.Ready;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultyTargetTest {

  @Test
  void everyFaultCanBeWrittenOnACommandLine() {
    assertEquals(new Fault.None(), Fault.parse("none"));
    assertEquals(new Fault.Stall(7, Duration.ofMillis(150)), Fault.parse("stall:7:150ms"));
    assertEquals(new Fault.Drop(7), Fault.parse("drop:7"));
    assertEquals(new Fault.Duplicate(7), Fault.parse("duplicate:7"));
    assertEquals(new Fault.Flood(7), Fault.parse("flood:7"));
    assertEquals(new Fault.Reorder(), Fault.parse("reorder"));
    assertEquals(new Fault.Die(7), Fault.parse("die:7"));
    assertEquals(new Fault.Http(503), Fault.parse("http:503"));
    assertEquals(new Fault.Silent(), Fault.parse("silent"));
  }

  @Test
  void anythingElseIsRefusedWithWhatIsAllowed() {
    for (String text : new String[] {"", "drop", "drop:0", "stall:3", "none:1", "stall::5ms"}) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> Fault.parse(text));
      assertEquals(
          "fault '" + text + "' is not known, must be " + Fault.SYNTAX, refused.getMessage());
    }
  }

  @Test
  void aProcessSaysThatItIsReadyAndGoesWithItsParent() throws Exception {
    Process process = launch("--port", "0", "--stage", "live", "--watch-parent");
    Ready ready = ready(process);
    assertEquals(process.pid(), ready.pid());
    assertEquals("/live", ready.url().getPath());
    connect(ready.url()).abort();
    process.getOutputStream().close();
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
  }

  @Test
  void aFaultCanComeLater() throws Exception {
    Process process = launch("--fault", "none", "--watch-parent");
    Ready ready = ready(process);
    CompletableFuture<CharSequence> answer = new CompletableFuture<>();
    WebSocket client = connect(ready.url(), answer);
    client.sendText("heard by nobody", true).get(10, TimeUnit.SECONDS);
    // The answer to a later text says that this one has been handled.
    client.sendText("/channel room", true).get(10, TimeUnit.SECONDS);
    answer.get(10, TimeUnit.SECONDS);
    assertEquals(204, inject(ready, "{\"fault\":\"die:1\"}"));
    assertEquals(400, inject(ready, "{\"fault\":\"die\"}"));
    client.sendText("heard by nobody", true).get(10, TimeUnit.SECONDS);
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    assertEquals(137, process.exitValue());
  }

  @Test
  void aBadOptionEndsIt() throws Exception {
    Process process = launch("--fault", "unheard-of");
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(2, process.exitValue());
  }

  private static int inject(Ready ready, String fault) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(ready.control() + "/fault"))
            .POST(HttpRequest.BodyPublishers.ofString(fault))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static WebSocket connect(URI url) throws Exception {
    return connect(url, new CompletableFuture<>());
  }

  private static WebSocket connect(URI url, CompletableFuture<CharSequence> firstText)
      throws Exception {
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            firstText.complete(text.toString());
            return WebSocket.Listener.super.onText(from, text, last);
          }
        };
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(url, listener)
        .get(10, TimeUnit.SECONDS);
  }

  private static Ready ready(Process process) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return Ready.parse(out.readLine());
  }

  private static Process launch(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    // Surefire hides the real class path behind a jar of its own.
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(FaultyTargetMain.class.getName());
    command.addAll(List.of(options));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
