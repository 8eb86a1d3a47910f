package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.latency.LatencyModel;
import dev.fanbench.protocol.contract.RawSocket;
import dev.fanbench.target.FaultRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sockets that end, or speak, before their 101. */
@Timeout(60)
class AbandonedHandshakeTest {
  private static final String OK = "{\"statusCode\":200}";

  @TempDir private Path directory;

  @Test
  void clientThatLeavesWhileConnectRunsIsToldToDisconnectOnce() throws Exception {
    for (boolean byReset : new boolean[] {false, true}) {
      CountDownLatch connectMayReturn = new CountDownLatch(1);
      try (TestApi api = TestApi.start()) {
        api.on("ConnectFunction", event -> after(connectMayReturn, OK));
        String id = leaveWhileConnectRuns(api, byReset);
        connectMayReturn.countDown();
        assertEquals(id, disconnected(api));
        assertNothingIsLeft(api, id, 1);
      }
    }
  }

  @Test
  void clientThatLeavesBeforeConnectRefusesItWasNeverThere() throws Exception {
    CountDownLatch connectMayReturn = new CountDownLatch(1);
    try (TestApi api = TestApi.start()) {
      api.on("ConnectFunction", event -> after(connectMayReturn, "{\"statusCode\":403}"));
      String id = leaveWhileConnectRuns(api, false);
      connectMayReturn.countDown();
      assertNothingIsLeft(api, id, 0);
    }
  }

  @Test
  void clientThatLeavesOnTheWayToTheFrontDoorIsNotAskedFor() throws Exception {
    try (TestApi api = start("\"handshake\":{\"p50Millis\":300}")) {
      RawHttp.connect(api.url()).send(RawHttp.upgrade(api.url())).close();
      TestApi.await(() -> api.emulator().counters().get("model.handshake.draws") == 1);
      // Its time is drawn later, so it is over later.
      Client next = Client.connect(api.url());
      next.close(1000, "");
      assertEquals(connected(api), disconnected(api));
      assertEquals(1, api.emulator().counters().get("apigateway.ConnectCount"));
      assertEquals(1, api.emulator().counters().get("connections.opened"));
    }
  }

  @Test
  void clientThatLeavesInTheConnectRaceIsToldToDisconnectOnce() throws Exception {
    try (TestApi api = TestApi.start()) {
      race(api, 10_000);
      RawHttp http = RawHttp.connect(api.url()).send(RawHttp.upgrade(api.url()));
      String id = connected(api);
      TestApi.await(() -> api.emulator().counters().get("integrations.inProgress") == 0);
      assertEquals(410, api.call("POST", id, "too early").statusCode());
      http.close();
      assertEquals(id, disconnected(api));
      assertNothingIsLeft(api, id, 1);
    }
  }

  @Test
  void secondRequestDuringAHandshakeIsRefused() throws Exception {
    CountDownLatch connectMayReturn = new CountDownLatch(1);
    try (TestApi api = TestApi.start()) {
      api.on("ConnectFunction", event -> after(connectMayReturn, OK));
      try (RawHttp http = RawHttp.connect(api.url()).send(RawHttp.upgrade(api.url()))) {
        String id = connected(api);
        http.send(RawHttp.upgrade(api.url()));
        assertEquals(400, http.next().status());
        assertEquals(-1, http.read());
        connectMayReturn.countDown();
        assertEquals(id, disconnected(api));
        assertNothingIsLeft(api, id, 1);
      }
    }
  }

  @Test
  void secondRequestInTheSameSegmentIsRefusedBeforeConnectIsCalled() throws Exception {
    try (TestApi api = TestApi.start()) {
      String upgrade = RawHttp.upgrade(api.url());
      assertEquals(400, RawHttp.ask(api.url(), upgrade + upgrade).status());
      assertEquals(0, api.emulator().counters().get("apigateway.ConnectCount"));
    }
  }

  @Test
  void framesSentBeforeThe101AreReadAfterIt() throws Exception {
    CountDownLatch connectMayReturn = new CountDownLatch(1);
    try (TestApi api = TestApi.start()) {
      api.on("ConnectFunction", event -> after(connectMayReturn, OK));
      byte[] ping = RawSocket.encode(RawSocket.PING, true, new byte[] {'x'});
      byte[] text =
          RawSocket.encode(
              RawSocket.TEXT, true, "{\"action\":\"oneWay\"}".getBytes(StandardCharsets.UTF_8));
      String early =
          RawHttp.upgrade(api.url())
              + new String(ping, StandardCharsets.ISO_8859_1)
              + new String(text, StandardCharsets.ISO_8859_1);
      try (RawHttp http = RawHttp.connect(api.url()).send(early)) {
        String id = connected(api);
        http.send(text);
        connectMayReturn.countDown();
        assertEquals(101, http.next().status());
        assertEquals(0x8a, http.read());
        for (int messages = 0; messages < 2; messages++) {
          JsonNode event = api.event("MessageFunction");
          assertEquals(id, event.at("/requestContext/connectionId").asText());
        }
      }
    }
  }

  @Test
  void answersOfConnectThatCannotBeSentAre502() throws Exception {
    try (TestApi api = TestApi.start()) {
      for (String answer :
          new String[] {
            "{\"statusCode\":101}",
            "{\"statusCode\":200,\"headers\":{\"Sec-WebSocket-Protocol\":\"a\\r\\nb\"}}"
          }) {
        api.on("ConnectFunction", event -> answer);
        assertEquals(502, RawHttp.ask(api.url(), RawHttp.upgrade(api.url())).status(), answer);
      }
      assertEquals(0, api.emulator().counters().get("connections.opened"));
    }
  }

  private static String leaveWhileConnectRuns(TestApi api, boolean byReset) throws Exception {
    RawHttp http = RawHttp.connect(api.url()).send(RawHttp.upgrade(api.url()));
    String id = connected(api);
    if (byReset) {
      http.reset();
    } else {
      http.close();
    }
    // The end is seen before what comes on a later connection is answered.
    assertEquals(410, api.call("POST", id, "x").statusCode());
    return id;
  }

  /** After everything: no connection, no post, and as many $disconnect as there should be. */
  private static void assertNothingIsLeft(TestApi api, String id, int disconnects)
      throws Exception {
    assertEquals(410, api.call("POST", id, "x").statusCode());
    api.on("ConnectFunction", event -> OK);
    race(api, 0);
    Client last = Client.connect(api.url());
    String lastId = connected(api);
    last.close(1000, "");
    assertEquals(lastId, disconnected(api), "no event of the other connection is left");
    assertEquals(1, api.emulator().counters().get("connections.opened"));
    assertEquals(0, api.emulator().counters().get("connections.open"));
    TestApi.await(() -> api.emulator().counters().get("aws.invocations") == 2 + 1 + disconnects);
  }

  private static void race(TestApi api, long millis) {
    api.emulator().faults().inject(FaultRequest.parse("{\"connectRaceMillis\":" + millis + "}"));
  }

  private static String connected(TestApi api) throws InterruptedException {
    return api.event("ConnectFunction").at("/requestContext/connectionId").asText();
  }

  private static String disconnected(TestApi api) throws InterruptedException {
    return api.event("DisconnectFunction").at("/requestContext/connectionId").asText();
  }

  private static String after(CountDownLatch latch, String answer) throws InterruptedException {
    assertTrue(latch.await(10, TimeUnit.SECONDS));
    return answer;
  }

  private TestApi start(String hops) throws Exception {
    Path file = Files.writeString(directory.resolve("model.json"), "{\"hops\":{" + hops + "}}");
    Latency latency = new Latency(LatencyModel.named(file.toString()), 1);
    return TestApi.start(options -> options.withLatency(latency));
  }
}
