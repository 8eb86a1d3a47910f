package dev.fanbench.reports.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real headless Chromium with one page, told what to do over the DevTools protocol. For one
 * thread. Every wait is for an answer or an event, and gives up after two minutes.
 */
final class Chromium implements AutoCloseable {

  private static final List<String> PROGRAMS =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--remote-debugging-port=0");
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/.*");
  private static final int TIMEOUT_SECONDS = 120;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final List<JsonNode> events = new ArrayList<>();
  private int calls;

  private Chromium(Process process, String address) throws IOException, InterruptedException {
    this.process = process;
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest newPage =
        HttpRequest.newBuilder(URI.create("http://" + address + "/json/new?about:blank"))
            .method("PUT", BodyPublishers.noBody())
            .build();
    JsonNode page = JSON.readTree(client.send(newPage, BodyHandlers.ofString()).body());
    URI debugger = URI.create(page.get("webSocketDebuggerUrl").asText());
    this.socket =
        client.newWebSocketBuilder().buildAsync(debugger, new WholeMessages(received)).join();
  }

  /**
   * Starts one that knows nothing of any other.
   *
   * @throws AssertionError that says what to install, when there is none
   */
  static Chromium start() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program(System.getenv("PATH"))));
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + Files.createTempDirectory(Path.of("target"), "chromium"));
    Process process = new ProcessBuilder(command).start();
    CompletableFuture<String> address = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, address), "chromium-errors");
    reader.setDaemon(true);
    reader.start();
    try {
      Chromium chromium =
          new Chromium(process, address.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join());
      for (String domain : List.of("Page", "Network", "Runtime", "Log")) {
        chromium.call(domain + ".enable", Map.of());
      }
      chromium.call("Page.setLifecycleEventsEnabled", Map.of("enabled", true));
      return chromium;
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  static String program(String path) {
    return Stream.of(path.split(File.pathSeparator))
        .flatMap(directory -> PROGRAMS.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "chromium is not on the PATH, and the page is tested in it; install it, for"
                        + " example with: apt-get install chromium"));
  }

  /** Reads all that Chromium complains about, so that it never has to wait to be read. */
  private static void read(Process process, CompletableFuture<String> address) {
    List<String> complaints = new ArrayList<>();
    try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = errors.readLine(); line != null; line = errors.readLine()) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.matches()) {
          address.complete(listening.group(1));
        }
        complaints.add(line);
      }
      address.completeExceptionally(new IOException("chromium ended at once: " + complaints));
    } catch (IOException e) {
      address.completeExceptionally(e);
    }
  }

  /** Calls a method and returns its result. */
  JsonNode call(String method, Map<String, ?> parameters) throws IOException {
    int id = ++calls;
    String text = JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(text, true).orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    for (JsonNode message = next(); ; message = next()) {
      if (message.path("id").asInt() == id) {
        if (message.has("error")) {
          throw new AssertionError(method + ": " + message.get("error"));
        }
        return message.get("result");
      }
      events.add(message);
    }
  }

  private int send(String method, Map<String, ?> parameters) throws IOException {
    int id = ++calls;
    String text = JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(text, true).orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    return id;
  }

  /** Loads a file, whose events are the only ones kept from then on. */
  void open(Path page) throws IOException {
    open(page.toAbsolutePath().toUri());
  }

  /** Loads a page, whose events are the only ones kept from then on. */
  void open(URI page) throws IOException {
    events.clear();
    String loader = call("Page.navigate", Map.of("url", page.toString())).get("loaderId").asText();
    while (events("Page.lifecycleEvent").stream().noneMatch(e -> isLoaded(e, loader))) {
      events.add(next());
    }
  }

  private static boolean isLoaded(JsonNode lifecycle, String loader) {
    return lifecycle.get("name").asText().equals("load")
        && lifecycle.get("loaderId").asText().equals(loader);
  }

  /** Makes the screen this wide and light or dark. */
  void screen(int width, String scheme) throws IOException {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 640));
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /**
   * Moves, presses or releases the mouse.
   *
   * @param type {@code mouseMoved}, {@code mousePressed} or {@code mouseReleased}
   */
  void mouse(String type, double x, double y) throws IOException {
    boolean moved = type.equals("mouseMoved");
    call(
        "Input.dispatchMouseEvent",
        Map.of("type", type, "x", x, "y", y, "button", moved ? "none" : "left", "clickCount", 1));
  }

  /** Findings of axe-core about the page, one line each. */
  List<String> axe() throws IOException {
    try (InputStream in = Chromium.class.getResourceAsStream("/axe.min.js")) {
      evaluate(new String(in.readAllBytes(), StandardCharsets.UTF_8) + "; true");
    }
    List<String> violations = new ArrayList<>();
    evaluate(
            """
            axe.run(document).then(found => found.violations.flatMap(
              v => v.nodes.map(n => v.id + ': ' + n.failureSummary + ' ' + n.html.slice(0, 160))))""")
        .forEach(violation -> violations.add(violation.asText()));
    return violations;
  }

  /** The page has asked for nothing but itself, and has logged no error. */
  void assertQuiet(Path opened) {
    assertEquals(List.of(opened.toAbsolutePath().toUri().toString()), requests());
    assertEquals(List.of(), complaints());
  }

  /** Addresses of all that the page has asked for, in order. */
  List<String> requests() {
    return events("Network.requestWillBeSent").stream()
        .map(e -> e.at("/request/url").asText())
        .toList();
  }

  /** Errors that the page has logged. */
  List<JsonNode> complaints() {
    return Stream.of("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
        .flatMap(kind -> events(kind).stream())
        .toList();
  }

  /** Value of an expression, after its promise is resolved. */
  JsonNode evaluate(String expression) throws IOException {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(answer.get("exceptionDetails").toPrettyString());
    }
    return answer.at("/result/value");
  }

  /** Parameters of the events of one kind since the page was opened. */
  List<JsonNode> events(String method) {
    return events.stream()
        .filter(e -> e.path("method").asText().equals(method))
        .map(e -> e.get("params"))
        .toList();
  }

  private JsonNode next() throws IOException {
    try {
      String message = received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("chromium said nothing for " + TIMEOUT_SECONDS + " s");
      }
      return JSON.readTree(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for chromium", e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      send("Browser.close", Map.of());
      process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    } finally {
      process.destroyForcibly();
    }
  }
}
