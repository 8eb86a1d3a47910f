package dev.fanbench.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.reports.model.LiveRun;
import dev.fanbench.reports.model.LiveView;
import dev.fanbench.reports.model.Standings;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveServerTest {

  private final ManualNanoClock clock = new ManualNanoClock();
  private final LiveRun run = new LiveRun(clock);
  private final HttpClient client = HttpClient.newHttpClient();
  private LiveServer server;

  @BeforeEach
  void start() throws IOException {
    server = LiveServer.start(0, run, clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersThePageAndWhatOfItChanges() throws Exception {
    run.begins("netty", Standings.FANOUT, 85);
    run.ticked("netty", Standings.second(40, 40, 7, 40, Standings.MILLI));
    HttpResponse<String> page = get("");
    assertEquals(200, page.statusCode());
    assertTrue(page.headers().firstValue("Content-Security-Policy").orElse("").contains("'none'"));
    String state = get("state").body();
    assertTrue(page.body().contains(state));
    for (String told :
        List.of(
            "netty: fanout-10",
            "400 publications to rooms of 10 at 40/s",
            "About 85 s left",
            "offered 40/s, achieved 40/s",
            "7 missing, 393 of 400 delivered",
            "time to last delivery",
            "hiccup")) {
      assertTrue(state.contains(told), told);
    }
  }

  @Test
  void answersMetricsForPrometheus() throws Exception {
    run.begins("netty", Standings.FANOUT, 85);
    run.ticked("netty", Standings.second(40, 40, 7, 40, Standings.MILLI));
    HttpResponse<String> metrics = get("metrics");

    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        metrics.headers().firstValue("Content-Type").orElse(""));
    assertEquals(
        393.0,
        PrometheusFormat.read(metrics.body())
            .get(Map.of("", "fanbench_deliveries_total", "target", "netty", "phase", "fanout-10")));
  }

  @Test
  void answersTheLastMinutesAsJsonAndWithoutScriptsAsATable() throws Exception {
    run.begins("netty", Standings.FANOUT, 85);
    run.ticked("netty", Standings.second(40, 40, 7, 40, 3 * Standings.MILLI));
    HttpResponse<String> seconds = get("seconds");

    assertEquals("application/json", seconds.headers().firstValue("Content-Type").orElse(""));
    assertEquals(
        "[{\"second\":0.0,\"phase\":\"netty: fanout-10\",\"p50Millis\":3.0,\"p99Millis\":null,"
            + "\"slowestMillis\":3.0,\"deliveriesPerSecond\":400.0}]",
        seconds.body());
    String page = get("").body();
    assertTrue(page.contains("<td>3 ms</td><td>–</td><td>3 ms</td><td>400</td>"), page);
  }

  @Test
  void nothingElseIsThereAndNothingCanBeChanged() throws Exception {
    assertEquals(404, get("run.json").statusCode());
    HttpRequest post =
        HttpRequest.newBuilder(server.address()).POST(BodyPublishers.ofString("x")).build();
    assertEquals(405, client.send(post, BodyHandlers.ofString()).statusCode());
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    assertEquals("127.0.0.1", server.address().getHost());
    InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    assertThrows(
        ConnectException.class, () -> new Socket(other, server.address().getPort()).close());
  }

  @Test
  void aPortInUseIsRefused() {
    assertThrows(
        BindException.class, () -> LiveServer.start(server.address().getPort(), run, clock));
  }

  @Test
  void aPageThatIsOpenHearsTheEndBeforeTheServerGoes() throws Exception {
    get("state");
    run.ended(new LiveView.Ending(List.of("netty: VALID"), Optional.of(Path.of("site/a.html"))));
    CompletableFuture<Void> closed =
        CompletableFuture.runAsync(server::close, task -> new Thread(task, "close").start());
    String last = get("state").body();
    assertTrue(last.contains("The run has ended") && last.contains("site/a.html"), last);
    closed.join();
    assertThrows(ConnectException.class, () -> get("state"));
  }

  @Test
  void aPageThatWasClosedIsNotWaitedFor() throws Exception {
    get("state");
    clock.moveTo(4_000 * Standings.MILLI);
    run.ended(new LiveView.Ending(List.of(), Optional.empty()));
    server.close();
    assertThrows(ConnectException.class, () -> get("state"));
  }

  @Test
  void whoSaysHalfARequestHoldsUpNoEnd() throws Exception {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (Socket half = new Socket(loopback, server.address().getPort())) {
      half.getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));
      server.close();
      assertThrows(ConnectException.class, () -> get("state"));
    }
  }

  @Test
  void whoSaysHalfARequestHoldsUpNoAnswer() throws Exception {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (Socket half = new Socket(loopback, server.address().getPort());
        Socket other = new Socket(loopback, server.address().getPort())) {
      half.getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));
      other.getOutputStream().write("GET /metrics".getBytes(StandardCharsets.US_ASCII));
      assertEquals(200, get("state").statusCode());
      assertEquals(200, get("metrics").statusCode());
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI address = server.address().resolve(path);
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }
}
