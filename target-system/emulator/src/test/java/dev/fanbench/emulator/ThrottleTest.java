package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.Quotas;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the account may do at a time, on a clock that goes when it is told to. */
class ThrottleTest {
  private final SettableClock clock = new SettableClock();

  @Test
  void messagesAndCallsShareOneRate() throws Exception {
    Quotas quotas =
        Quotas.standard().with(Quota.ACCOUNT_BURST, 3).with(Quota.ACCOUNT_PER_SECOND, 2);
    try (TestApi api = start(quotas)) {
      Client client = Client.connect(api.url());
      String id = api.event("ConnectFunction").at("/requestContext/connectionId").asText();
      client.send("{\"action\":\"oneWay\"}");
      api.event("MessageFunction");
      assertEquals(200, api.call("POST", id, "first").statusCode());
      assertEquals("first", client.next());
      assertEquals(200, api.call("GET", id, "").statusCode());

      HttpResponse<String> refused = api.call("POST", id, "one too many");
      assertEquals(429, refused.statusCode());
      assertEquals(
          "LimitExceededException", refused.headers().firstValue("x-amzn-ErrorType").orElseThrow());
      client.send("{\"action\":\"oneWay\"}");
      String frame = client.next();
      assertTrue(frame.startsWith("{\"message\": \"Too Many Requests\", \"connectionId\":"), frame);
      assertEquals(2, api.emulator().counters().get("quota.accountPerSecond"));

      clock.pass(Duration.ofMillis(500));
      assertEquals(200, api.call("POST", id, "second").statusCode());
      assertEquals("second", client.next());
      assertEquals(429, api.call("POST", id, "one too many").statusCode());
      assertEquals(2, api.emulator().counters().get("frames.received"));
      assertEquals(1, api.emulator().counters().get("apigateway.ClientError"));
    }
  }

  @Test
  void newConnectionsOverTheirRateAreRefusedWith429() throws Exception {
    Quotas quotas =
        Quotas.standard().with(Quota.CONNECT_BURST, 2).with(Quota.CONNECTS_PER_SECOND, 4);
    try (TestApi api = start(quotas)) {
      Client.connect(api.url());
      Client stays = Client.connect(api.url());
      assertEquals(429, Client.refusal(api.url()));
      clock.pass(Duration.ofMillis(250));
      Client.connect(api.url());
      assertEquals(429, Client.refusal(api.url()));
      stays.send("{\"action\":\"oneWay\"}");
      api.event("MessageFunction");

      assertEquals(2, api.emulator().counters().get("quota.connectsPerSecond"));
      assertEquals(3, api.emulator().counters().get("apigateway.ConnectCount"));
      assertEquals(2, api.emulator().counters().get("apigateway.ClientError"));
    }
  }

  private TestApi start(Quotas quotas) throws Exception {
    return TestApi.start(options -> options.withClock(clock).withQuotas(quotas));
  }
}
