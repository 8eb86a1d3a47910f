package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.RawHttp.Answer;
import dev.fanbench.emulator.gateway.CallerCheck;
import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.latency.LatencyModel;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.protocol.ConnectionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/1.1 on the port of the front door: order, length, time and end of a connection. */
@Timeout(60)
class HttpRulesTest {
  private static final int HEAD_BYTES = 10_240;

  private static TestApi api;
  private static URI gone;

  @BeforeAll
  static void start() throws IOException {
    api = TestApi.start(options -> options.withSignatures(CallerCheck.off()));
    gone = api.connection(ConnectionId.next());
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  /** Quotas under which a request that is not complete is refused soon. */
  static QuotaSet hurried() {
    return QuotaSet.standard().with(Quota.REQUEST_MILLIS, 300);
  }

  @Test
  @Shows(AwsChecklist.HTTP_ORDER)
  void pipelinedRequestsAreAnsweredInTheirOrder(@TempDir Path directory) throws Exception {
    Path model = directory.resolve("model.json");
    Files.writeString(model, "{\"hops\":{\"post\":{\"p50Millis\":20,\"p99Millis\":100}}}");
    Latency latency = new Latency(LatencyModel.named(model.toString()), 1);
    try (TestApi slow =
        TestApi.start(options -> options.withLatency(latency).withSignatures(CallerCheck.off()))) {
      Client client = Client.connect(slow.url());
      String id = slow.event("ConnectFunction").at("/requestContext/connectionId").asText();
      String post = RawHttp.request("POST", slow.connection(id), "hello");
      String malformed = RawHttp.request("POST", slow.connection("xyz"), "hello");
      try (RawHttp http = RawHttp.connect(slow.url()).send((post + malformed).repeat(10))) {
        for (int i = 0; i < 10; i++) {
          assertEquals(200, http.next().status());
          assertEquals(400, http.next().status());
        }
        // And the connection goes on.
        assertEquals(200, http.send(post).next().status());
      }
      for (int i = 0; i < 11; i++) {
        assertEquals("hello", client.next());
      }
    }
  }

  @Test
  void manyPipelinedRequestsAreAllAnswered() throws Exception {
    int requests = 5_000;
    String all = RawHttp.request("GET", gone, "").repeat(requests);
    try (RawHttp http = RawHttp.connect(api.url())) {
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  http.send(all);
                } catch (IOException broken) {
                  throw new UncheckedIOException(broken);
                }
              });
      for (int i = 0; i < requests; i++) {
        assertEquals(410, http.next().status());
      }
      Client.await(sent);
    }
  }

  @Test
  @Shows(AwsChecklist.HTTP_ORDER)
  void connectionStaysOpenAsItsClientAsks() throws Exception {
    String request = RawHttp.request("GET", gone, "");
    try (RawHttp http = RawHttp.connect(api.url())) {
      assertNull(http.send(request).next().headers().get("connection"));
      Answer last = http.send(with(request, "Connection: close")).next();
      assertEquals("close", last.headers().get("connection"));
      assertTrue(http.isAtEnd());
    }
    String old = request.replace("HTTP/1.1", "HTTP/1.0");
    try (RawHttp http = RawHttp.connect(api.url())) {
      Answer kept = http.send(with(old, "Connection: keep-alive")).next();
      assertEquals("keep-alive", kept.headers().get("connection"));
      assertEquals("close", http.send(old).next().headers().get("connection"));
      assertTrue(http.isAtEnd());
    }
  }

  @Test
  void nothingIsAnsweredAfterTheLastAnswer() throws Exception {
    String request = RawHttp.request("GET", gone, "");
    try (RawHttp http = RawHttp.connect(api.url())) {
      http.send(request + with(request, "Connection: close") + request);
      assertEquals(410, http.next().status());
      assertEquals(410, http.next().status());
      assertTrue(http.isAtEnd());
    }
  }

  @Test
  void answerToAHeadHasNoBody() throws Exception {
    URI elsewhere = api.url().resolve("/elsewhere");
    try (RawHttp http = RawHttp.connect(api.url())) {
      Answer head = http.send(RawHttp.request("HEAD", elsewhere, "")).nextHead();
      assertEquals(403, head.status());
      assertEquals("23", head.headers().get("content-length"));
      assertEquals(403, http.send(RawHttp.request("GET", elsewhere, "")).next().status());
    }
  }

  @Test
  @Shows(AwsChecklist.HEAD_BYTES)
  void requestLineAndHeadersHaveALengthTogether() throws Exception {
    String request = RawHttp.request("GET", gone, "");
    int bytes = request.replace("\r\n", "").length();
    int most = HEAD_BYTES - bytes - "X: ".length();
    assertEquals(410, status(with(request, "X: " + "x".repeat(most))));
    assertEquals(431, status(with(request, "X: " + "x".repeat(most + 1))));
    assertEquals(431, status(with(request, "X: " + "x".repeat(HEAD_BYTES))));
    String query = request.replace(" HTTP/1.1", "?" + "x".repeat(9_000) + " HTTP/1.1");
    assertEquals(410, status(query));
    assertEquals(431, status(with(query, "X: " + "x".repeat(1_500))));
    assertEquals(
        414, status(request.replace(" HTTP/1.1", "?" + "x".repeat(HEAD_BYTES) + " HTTP/1.1")));
  }

  @Test
  void requestThatCannotBeReadIs400() throws Exception {
    String request = RawHttp.request("GET", gone, "");
    for (String broken :
        List.of(
            "\0\r\n\r\n",
            "GET\r\n\r\n",
            with(request, "no colon"),
            with(request, "Content-Length: -1"),
            with(request, "Transfer-Encoding: chunked") + "zz\r\n")) {
      try (RawHttp http = RawHttp.connect(api.url()).send(broken)) {
        assertEquals(400, http.next().status(), broken);
        assertTrue(http.isAtEnd(), broken);
      }
    }
  }

  @Test
  void bodyThatIsTooLongIs413AndTheNextRequestIsAnswered() throws Exception {
    String request = RawHttp.request("GET", gone, "");
    String tooLong = "x".repeat(131_073);
    try (RawHttp http = RawHttp.connect(api.url())) {
      http.send(RawHttp.request("POST", gone, tooLong) + request);
      assertEquals(413, http.next().status());
      assertEquals(410, http.next().status());
      String chunked = with(RawHttp.request("POST", gone, ""), "Transfer-Encoding: chunked");
      http.send(chunked + "20001\r\n" + tooLong + "\r\n0\r\n\r\n" + request);
      assertEquals(413, http.next().status());
      assertEquals(410, http.next().status());
    }
  }

  @Test
  void bodyThatIsTooLongIsRefusedBeforeItIsSent() throws Exception {
    String post = with(RawHttp.request("POST", gone, ""), "Expect: 100-continue");
    try (RawHttp http = RawHttp.connect(api.url())) {
      assertEquals(100, http.send(with(post, "Content-Length: 5")).next().status());
      assertEquals(410, http.send("hello").next().status());
      Answer refused = http.send(with(post, "Content-Length: 131073")).next();
      assertEquals(413, refused.status());
      assertEquals("PayloadTooLargeException", refused.headers().get("x-amzn-errortype"));
      assertTrue(http.isAtEnd());
    }
  }

  @Test
  void requestThatIsNotCompleteInTimeIs408() throws Exception {
    String request = RawHttp.request("POST", gone, "hello");
    try (TestApi hurried = hurriedApi()) {
      for (String part :
          List.of("", "G", "GET /dev HTTP/1.1\r\nHost: x\r\n", request.replace("hello", "he"))) {
        try (RawHttp http = RawHttp.connect(hurried.url()).send(part)) {
          assertEquals(408, http.next().status(), part);
          assertTrue(http.isAtEnd(), part);
        }
      }
      try (RawHttp http = RawHttp.connect(hurried.url())) {
        assertEquals(410, http.send(request + "PO").next().status());
        assertEquals(408, http.next().status());
        assertTrue(http.isAtEnd());
      }
      assertTrue(hurried.emulator().counters().get("quota.requestMillis") >= 5);
    }
  }

  @Test
  void clientThatDoesNotReadItsAnswersIsLetGo() throws Exception {
    try (TestApi hurried = hurriedApi();
        RawHttp http = RawHttp.connect(hurried.url())) {
      http.flood(RawHttp.request("GET", gone, "").repeat(100), 1_000_000_000);
      assertEquals(1, hurried.emulator().counters().get("quota.requestMillis"));
    }
  }

  @Test
  void bodyThatWasRefusedIsNotRefusedAgain() throws Exception {
    try (TestApi hurried = hurriedApi();
        RawHttp http = RawHttp.connect(hurried.url())) {
      String tooLong = RawHttp.request("POST", gone, "x".repeat(131_073));
      assertEquals(413, http.send(tooLong.substring(0, 20_000)).next().status());
      assertTrue(http.isAtEnd());
    }
  }

  private static TestApi hurriedApi() throws IOException {
    return TestApi.start(
        options -> options.withSignatures(CallerCheck.off()).withQuotas(hurried()));
  }

  private static int status(String request) throws IOException {
    return RawHttp.ask(api.url(), request).status();
  }

  private static String with(String request, String line) {
    int end = request.indexOf("\r\n\r\n");
    return request.substring(0, end) + "\r\n" + line + request.substring(end);
  }
}
