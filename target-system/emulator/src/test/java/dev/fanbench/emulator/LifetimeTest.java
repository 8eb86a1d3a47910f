package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanbench.emulator.gateway.AssumedBehavior;
import dev.fanbench.protocol.contract.RawSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten minutes and two hours, in milliseconds. */
@Shows(AwsChecklist.LIFETIMES)
class LifetimeTest {
  private final SettableClock clock = new SettableClock();
  private TestApi api;

  @BeforeEach
  void start() throws IOException {
    api = TestApi.start(options -> options.withClock(clock));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void idleConnectionIsClosedAfterTenMinutes() throws Exception {
    Client idle = Client.connect(api.url());
    String idleId = connectedId();
    Client talks = Client.connect(api.url());
    connectedId();
    Client listens = Client.connect(api.url());
    String listensId = connectedId();
    clock.pass(Duration.ofMinutes(9));
    talks.send("{\"action\":\"oneWay\"}");
    api.event("MessageFunction");
    api.call("POST", listensId, "x");
    assertEquals("x", listens.next());

    clock.pass(Duration.ofSeconds(59));
    api.emulator().sweep();
    assertEquals(200, api.call("GET", idleId, "").statusCode());
    clock.pass(Duration.ofSeconds(1));
    api.emulator().sweep();
    assertEquals("1001 Going away", idle.closed());
    JsonNode event = api.event("DisconnectFunction").get("requestContext");
    assertEquals(idleId, event.get("connectionId").asText());
    assertEquals(1001, event.get("disconnectStatusCode").asInt());
    assertEquals("Going away", event.get("disconnectReason").asText());
    assertEquals(2, api.emulator().counters().get("connections.open"));
    assertEquals(1, api.emulator().counters().get("quota.idleSeconds"));
  }

  @Test
  void busyConnectionIsClosedAfterTwoHours() throws Exception {
    Client client = Client.connect(api.url());
    for (int i = 1; i < 24; i++) {
      clock.pass(Duration.ofMinutes(5));
      client.send("{\"action\":\"oneWay\"}");
      api.event("MessageFunction");
      api.emulator().sweep();
    }
    assertEquals(1, api.emulator().counters().get("connections.open"));
    clock.pass(Duration.ofMinutes(5));
    api.emulator().sweep();
    assertTrue(client.closed().startsWith("1001"));
    assertEquals(1, api.emulator().counters().get("quota.ageSeconds"));
    assertEquals(120, api.emulator().counters().get("aws.connectionMinutes"));
  }

  @Test
  @Shows(AwsChecklist.PING)
  void pingIsNoActivityUnlessItIsAssumedToBe() throws Exception {
    assertEquals(RawSocket.CLOSE, answerAfterTwelveMinutesWithAPing(api));
    try (TestApi other = start(Map.of("pingIsActivity", "true"))) {
      assertEquals(RawSocket.PONG, answerAfterTwelveMinutesWithAPing(other));
    }
  }

  @Test
  @Shows(AwsChecklist.EXPIRED_REASON)
  void expiredConnectionIsToldWhatIsAssumed() throws Exception {
    try (TestApi other = start(Map.of("expiredReason", "Idle"))) {
      Client client = Client.connect(other.url());
      clock.pass(Duration.ofMinutes(10));
      other.emulator().sweep();
      assertEquals("1001 Idle", client.closed());
      JsonNode event = other.event("DisconnectFunction").get("requestContext");
      assertEquals("Idle", event.get("disconnectReason").asText());
    }
  }

  private TestApi start(Map<String, String> assumed) throws IOException {
    return TestApi.start(
        options -> options.withClock(clock).withAssumptions(AssumedBehavior.of(assumed)));
  }

  private int answerAfterTwelveMinutesWithAPing(TestApi of) throws Exception {
    try (RawSocket raw = RawSocket.connect(of.url())) {
      clock.pass(Duration.ofMinutes(6));
      assertEquals(RawSocket.PONG, ping(raw));
      clock.pass(Duration.ofMinutes(6));
      of.emulator().sweep();
      // A ping that is already in the socket is answered before what the sweep has queued.
      int first = ping(raw);
      return first == RawSocket.PONG ? ping(raw) : first;
    }
  }

  private static int ping(RawSocket raw) throws Exception {
    raw.frame(RawSocket.PING, true, new byte[0]);
    return raw.next().opcode();
  }

  private String connectedId() throws InterruptedException {
    return api.event("ConnectFunction").at("/requestContext/connectionId").asText();
  }
}
