package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.gateway.CallerCheck;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaSet;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;

/** What the account may do at a time, on a clock that goes when it is told to. */
@Shows(AwsChecklist.RATES)
class ThrottleTest {
  private final SettableClock clock = new SettableClock();

  @Test
  void messagesAndCallsShareOneRate() throws Exception {
    QuotaSet quotas =
        QuotaSet.standard().with(Quota.ACCOUNT_BURST, 3).with(Quota.ACCOUNT_PER_SECOND, 2);
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
  @Shows({AwsChecklist.REFUSALS, AwsChecklist.REAL_SDK})
  void sdkKnowsACallOverTheRate() throws Exception {
    SettableClock today = new SettableClock(Instant.now());
    QuotaSet none = QuotaSet.standard().with(Quota.ACCOUNT_BURST, 1);
    try (TestApi api = TestApi.start(options -> options.withClock(today).withQuotas(none));
        ApiGatewayManagementApiAsyncClient sdk =
            api.sdk(CallerCheck.SECRET, DefaultRetryStrategy.doNotRetry())) {
      Client.connect(api.url());
      String id = api.event("ConnectFunction").at("/requestContext/connectionId").asText();
      Client.await(sdk.getConnection(get -> get.connectionId(id)));
      CompletableFuture<?> refused = sdk.getConnection(get -> get.connectionId(id));
      assertInstanceOf(
          LimitExceededException.class,
          assertThrows(CompletionException.class, () -> Client.await(refused)).getCause());
    }
  }

  @Test
  void newConnectionsOverTheirRateAreRefusedWith429() throws Exception {
    QuotaSet quotas =
        QuotaSet.standard().with(Quota.CONNECT_BURST, 2).with(Quota.CONNECTS_PER_SECOND, 4);
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

  @Test
  void stageThrottlesARouteAndNoOther() throws Exception {
    String template =
        TestApi.template("routes.yaml")
            .replace(
                "StageName: !Ref StageName",
                """
                StageName: !Ref StageName
                      RouteSettings:
                        $connect: {ThrottlingRateLimit: 4, ThrottlingBurstLimit: 1}
                        twoWay: {ThrottlingRateLimit: 2, ThrottlingBurstLimit: 1}""");
    try (TestApi api = TestApi.start(options -> options.withClock(clock).withTemplate(template))) {
      Client client = Client.connect(api.url());
      assertEquals(429, Client.refusal(api.url()));
      api.on("MessageFunction", event -> "{\"statusCode\":200,\"body\":\"heard\"}");
      client.send("{\"action\":\"twoWay\"}");
      assertEquals("heard", client.next());
      client.send("{\"action\":\"twoWay\"}");
      String frame = client.next();
      assertTrue(frame.startsWith("{\"message\": \"Too Many Requests\", \"connectionId\":"), frame);
      for (int other = 0; other < 3; other++) {
        client.send("{\"action\":\"oneWay\"}");
        assertEquals("oneWay", nextRoute(api, "oneWay"));
      }
      clock.pass(Duration.ofMillis(500));
      client.send("{\"action\":\"twoWay\"}");
      assertEquals("heard", client.next());
      assertEquals(2, api.emulator().counters().get("apigateway.ClientError"));
    }
  }

  private static String nextRoute(TestApi api, String wanted) throws InterruptedException {
    String route;
    do {
      route = api.event("MessageFunction").at("/requestContext/routeKey").asText();
    } while (!route.equals(wanted));
    return route;
  }

  private TestApi start(QuotaSet quotas) throws Exception {
    return TestApi.start(options -> options.withClock(clock).withQuotas(quotas));
  }
}
