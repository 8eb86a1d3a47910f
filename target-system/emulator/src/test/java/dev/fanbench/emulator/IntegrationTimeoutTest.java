package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.protocol.ReplyFormat;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The timeout of an integration ends the client's answer, and no function that has begun. */
@Timeout(60)
class IntegrationTimeoutTest {
  private static final String HURRIED = "{\"action\":\"hurried\"}";

  @Test
  void functionGoesOnAfterTheErrorFrame() throws Exception {
    CountDownLatch clientIsTold = new CountDownLatch(1);
    try (TestApi api = TestApi.start()) {
      api.on(
          "MessageFunction",
          event -> {
            clientIsTold.await();
            String id = event.at("/requestContext/connectionId").asText();
            api.call("POST", id, "late");
            return "{\"statusCode\":200}";
          });
      Client client = Client.connect(api.url());
      client.send(HURRIED);
      assertTrue(ReplyFormat.isInternalServerError(client.next()));
      clientIsTold.countDown();
      assertEquals("late", client.next());
      // That of $connect and this one.
      TestApi.await(() -> api.emulator().counters().get("aws.invocations") == 2);
      Map<String, Long> counters = api.emulator().counters();
      assertEquals(0, counters.get("lambda.abandoned"));
      assertEquals(2, counters.get("lambda.environments"));
      assertEquals(1, counters.get("quota.integrationMillis"));
    }
  }

  @Test
  void requestThatStillWaitsNeverBegins() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (TestApi api =
        TestApi.start(
            options ->
                options
                    .withConcurrency(1)
                    .withQuotas(QuotaSet.standard().with(Quota.CONCURRENCY, 1)))) {
      api.on(
          "MessageFunction",
          event -> {
            mayEnd.await();
            return "{\"statusCode\":200,\"body\":\"ended\"}";
          });
      Client client = Client.connect(api.url());
      client.send("{\"action\":\"twoWay\"}");
      api.event("MessageFunction");
      client.send(HURRIED);
      assertTrue(ReplyFormat.isInternalServerError(client.next()));
      assertEquals(0, api.emulator().counters().get("lambda.waiting"));
      mayEnd.countDown();
      assertEquals("ended", client.next());
      client.send("{\"action\":\"twoWay\",\"third\":true}");
      assertTrue(api.event("MessageFunction").at("/body").asText().contains("third"));
    }
  }
}
