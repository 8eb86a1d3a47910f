package dev.fanbench.emulator.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.quota.Quota;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Asynchronous requests, which wait where others are refused. */
class EventRequestTest extends InvokerFixture {

  @Test
  void eventsOverAReservationRunOneAfterAnother() throws Exception {
    reserved.put("f", 1);
    List<String> events = List.of("a", "b", "c");
    events.forEach(event -> gates.put(event, new CountDownLatch(1)));
    try (Invoker invoker = invoker(9)) {
      events.forEach(event -> EventRequest.start(invoker, "f", bytes(event)));
      assertEquals(2, invoker.waiting());
      for (String event : events) {
        assertEquals(event, started.poll(10, TimeUnit.SECONDS));
        assertTrue(started.isEmpty(), started::toString);
        assertEquals(1, invoker.inProgress());
        gates.get(event).countDown();
      }
      invoker.drain().get(10, TimeUnit.SECONDS);
      assertEquals(3, invoker.figures().invocations());
      assertEquals(0, invoker.figures().capReached());
      Map<String, Long> counters = new HashMap<>();
      invoker.putCounters(counters);
      // The third waits behind the second, and asks for nothing.
      assertEquals(Map.of("quota.reservedConcurrency", 1L), counters);
    }
  }

  @Test
  void eventOverTheAccountsConcurrencyWaits() throws Exception {
    quotas = quotas(Quota.CONCURRENCY, 1);
    try (Invoker invoker = invoker(9)) {
      Invocation running = blocked(invoker, "a").get(0);
      EventRequest.start(invoker, "g", bytes("b"));
      assertEquals(1, invoker.waiting());
      gates.get("a").countDown();
      answer(running);
      assertEquals("b", started.poll(10, TimeUnit.SECONDS));
      assertEquals(Map.of("quota.concurrency", 1L), hits());
    }
  }

  @Test
  void eventWaitsForTheRateOfNewEnvironments() throws Exception {
    quotas = quotas(Quota.ENVIRONMENTS_PER_TEN_SECONDS, 1);
    try (Invoker invoker = invoker(9)) {
      Invocation running = blocked(invoker, "a").get(0);
      EventRequest.start(invoker, "f", bytes("b"));
      assertEquals(1, invoker.waiting());
      clock.pass(Duration.ofSeconds(10));
      assertEquals("b", started.poll(10, TimeUnit.SECONDS));
      assertEquals(Map.of("quota.environmentsPerTenSeconds", 1L), hits());
      gates.get("a").countDown();
      answer(running);
    }
  }

  /** The caller of such a request is throttled on AWS, whatever waits in Lambda's own queue. */
  @Test
  void requestWithACallerDoesNotWaitBehindEvents() throws Exception {
    reserved.put("f", 1);
    try (Invoker invoker = invoker(9)) {
      Invocation running = blocked(invoker, "a").get(0);
      EventRequest.start(invoker, "f", bytes("b"));
      assertRefused(invoker.invoke("f", bytes("c")));
      assertEquals(1, invoker.waiting());
      gates.get("a").countDown();
      answer(running);
      assertEquals("b", started.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void eventOfAFunctionWithoutConcurrencyIsRefused() {
    reserved.put("f", 0);
    try (Invoker invoker = invoker(9)) {
      assertRefused(invoker.invokeAsynchronously("f", bytes("a")));
      assertEquals(0, invoker.waiting());
    }
  }

  @Test
  void timeOfAFunctionBeginsWhenItsRequestDoes() throws Exception {
    timeout = Duration.ofMillis(50);
    timeoutOfG = Duration.ofMillis(300);
    gates.put("hung", new CountDownLatch(1));
    try (Invoker invoker = invoker(1)) {
      // It holds the only place for longer than the other may take.
      invoker.invoke("g", bytes("hung"));
      assertEquals("hung", started.poll(10, TimeUnit.SECONDS));
      EventRequest.start(invoker, "f", bytes("late"));
      assertEquals("late", started.poll(10, TimeUnit.SECONDS));
    }
  }
}
