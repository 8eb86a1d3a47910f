package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.protocol.idle.IdleConnections;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** More connections end at once than Lambda's concurrency has requests. */
class MassDisconnectTest {
  private static final int CONNECTIONS = 1_300;
  private static final int PLACES = EmulatorOptions.MOST_WORKING;

  @Test
  void eachConnectionThatEndsIsTold() throws Exception {
    QuotaSet quotas =
        QuotaSet.standard()
            .with(Quota.CONNECTS_PER_SECOND, 10_000)
            .with(Quota.CONNECT_BURST, 10_000);
    AtomicInteger told = new AtomicInteger();
    CountDownLatch allEnded = new CountDownLatch(1);
    try (TestApi api = TestApi.start(options -> options.withQuotas(quotas))) {
      api.on(
          "DisconnectFunction",
          event -> {
            if (told.incrementAndGet() <= PLACES) {
              allEnded.await();
            }
            return "{\"statusCode\":200}";
          });
      IdleConnections connections = IdleConnections.open(api.url(), CONNECTIONS);
      TestApi.await(() -> counters(api).get("connections.open") == CONNECTIONS);
      connections.close();
      TestApi.await(() -> counters(api).get("connections.open") == 0);
      allEnded.countDown();
      TestApi.await(() -> told.get() == CONNECTIONS);
      TestApi.await(() -> counters(api).get("integrations.inProgress") == 0);
      assertEquals(0, counters(api).get("apigateway.ExecutionError"));
      assertFalse(counters(api).containsKey("quota.concurrency"), "no throttle");
    }
  }

  private static Map<String, Long> counters(TestApi api) {
    return api.emulator().counters();
  }
}
