package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.gateway.CallerCheck;
import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.latency.LatencyModel;
import dev.fanbench.target.FaultRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure at a step of a request, in a timer too, is answered and written once. */
@Timeout(60)
class FailedStepTest {
  private static final String HOPS =
      "{\"hops\":{\"handshake\":{\"p50Millis\":5},\"invoke\":{\"p50Millis\":5},"
          + "\"post\":{\"p50Millis\":5},\"push\":{\"p50Millis\":5}}}";
  private static final String ALLOWS =
      """
      {"principalId":"ada","policyDocument":{"Statement":
        {"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*"}}}
      """;

  private final FailingClock clock = new FailingClock();

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void handshakeIsAnsweredWith500(boolean delayed) throws Exception {
    try (TestApi api = start(delayed);
        StandardError written = StandardError.kept()) {
      URI url = URI.create(api.url() + "?who=ada");
      for (String step :
          List.of(
              "Handshake.client",
              "ProxyEventWriter.authorize",
              "Authorizer.invoke",
              "ProxyEventWriter.connect",
              "IntegrationCaller.ask")) {
        clock.failIn(step);
        int status = RawHttp.ask(url, upgrade(url)).status();
        assertEquals(step.equals("IntegrationCaller.ask") ? 502 : 500, status, step);
        assertEquals(1, written.with(FailingClock.message(step)).size(), step);
      }
      clock.failIn("");
      assertEquals(101, RawHttp.ask(url, upgrade(url)).status());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void addressThatCannotBeDecodedLeavesNothing(boolean delayed) throws Exception {
    try (TestApi api = start(delayed)) {
      URI url = URI.create(api.url() + "?who=ada");
      String request = upgrade(url).replace("?who=ada", "?who=%zz");
      assertEquals(400, RawHttp.ask(url, request).status());
      assertEquals(0, api.emulator().counters().get("apigateway.ConnectCount"));
      assertEquals(0, api.emulator().counters().get("aws.invocations"));
      assertEquals(0, api.emulator().counters().get("connections.opened"));
      if (delayed) {
        assertEquals(0, api.emulator().counters().get("model.handshake.draws"));
      }
    }
  }

  @Test
  void clientThatLeavesInTheRaceIsWrittenOnceIfItsDisconnectFails() throws Exception {
    try (TestApi api = start(false);
        StandardError written = StandardError.kept()) {
      api.emulator().faults().inject(FaultRequest.parse("{\"connectRaceMillis\":20000}"));
      URI url = URI.create(api.url() + "?who=ada");
      clock.failIn("ProxyEventWriter.disconnect");
      try (RawHttp http = RawHttp.connect(url).send(upgrade(url))) {
        api.event("ConnectFunction");
        // The answer is with the event loop when what follows it there is.
        TestApi.await(() -> api.emulator().counters().get("integrations.inProgress") == 0);
        http.reset();
        TestApi.await(() -> !written.with("fails in .ProxyEventWriter").isEmpty());
      }
      assertEquals(1, written.with("a handshake failed").size());
      assertEquals(0, api.emulator().counters().get("connections.open"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void callOfConnectionsIsAnsweredWith500(boolean delayed) throws Exception {
    try (TestApi api = start(delayed);
        StandardError written = StandardError.kept()) {
      Client client = Client.connect(URI.create(api.url() + "?who=ada"));
      String id = api.event("ConnectFunction").at("/requestContext/connectionId").asText();
      clock.failIn("ConnectionsApi.post");
      assertEquals(500, api.call("POST", id, "x").statusCode());
      List<String> lines = written.with(FailingClock.message("ConnectionsApi.post"));
      assertEquals(1, lines.size());
      assertTrue(lines.get(0).startsWith("a request failed: java.lang.IllegalState"), lines.get(0));
      clock.failIn("");
      assertEquals(200, api.call("POST", id, "x").statusCode());
      assertEquals("x", client.next());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void functionsNameThatCannotBeDecodedIsAnswered(boolean delayed) throws Exception {
    try (TestApi api = start(delayed)) {
      URI url = URI.create(System.getProperty("aws.endpointUrlLambda"));
      for (String name : List.of("%zz", "%", "%c3%28%", "..%2f%2")) {
        String path = "/2015-03-31/functions/" + name + "/invocations";
        String request =
            "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}".formatted(path);
        try (RawHttp http = RawHttp.connect(url)) {
          assertEquals(400, http.send(request).next().status(), name);
          // And the connection goes on.
          String known = request.replace(name, "MessageFunction");
          assertEquals(200, http.send(known).next().status(), name);
        }
      }
      assertEquals(4, api.emulator().counters().get("aws.invocations"));
    }
  }

  @Test
  void messageWhoseStartFailsIsAnswered() throws Exception {
    CountDownLatch mayReturn = new CountDownLatch(1);
    try (TestApi api = start(false);
        StandardError written = StandardError.kept()) {
      Client client = Client.connect(URI.create(api.url() + "?who=ada"));
      api.on(
          "MessageFunction",
          event -> {
            mayReturn.await();
            return "{\"statusCode\":200,\"body\":\"done\"}";
          });
      client.send("{\"action\":\"twoWay\"}");
      api.event("MessageFunction");
      clock.failIn("Invoker.place");
      client.send("{\"action\":\"twoWay\"}");
      assertTrue(client.next().contains("Internal server error"));
      assertEquals(1, written.with(FailingClock.message("Invoker.place")).size());
      mayReturn.countDown();
      assertEquals("done", client.next());
    }
  }

  /** An upgrade request with identity and query of {@code url}. */
  private static String upgrade(URI url) {
    return RawHttp.upgrade(url)
        .replace(" HTTP/1.1", "?" + url.getQuery() + " HTTP/1.1\r\nUser-Agent: test");
  }

  private TestApi start(boolean delayed) throws Exception {
    Path model = Files.writeString(directory.resolve("model.json"), HOPS);
    Latency latency =
        new Latency(delayed ? LatencyModel.named(model.toString()) : LatencyModel.none(), 1);
    return TestApi.start(
            options ->
                options
                    .withTemplate(AuthorizerTest.template())
                    .withLatency(latency)
                    .withSignatures(CallerCheck.off())
                    .withClock(clock))
        .on("AuthorizerFunction", event -> ALLOWS);
  }
}
