package dev.fanbench.emulator.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fanbench.emulator.AwsChecklist;
import dev.fanbench.emulator.Shows;
import dev.fanbench.emulator.quota.Quota;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Requests at the quotas of the account. */
class InvokerQuotaTest extends InvokerFixture {
  @Test
  @Shows(AwsChecklist.ENVIRONMENTS)
  void requestOverTheAccountsConcurrencyIsRefusedAndDoesNotWait() throws Exception {
    quotas = quotas(Quota.CONCURRENCY, 2);
    try (Invoker invoker = invoker(9)) {
      List<Invocation> running = blocked(invoker, "a", "b");
      assertRefused(invoker.invoke("f", bytes("c")));
      gates.values().forEach(CountDownLatch::countDown);
      for (Invocation each : running) {
        answer(each);
      }
      assertEquals("f:d", answer(invoker.invoke("f", bytes("d"))));
      assertEquals(Map.of("quota.concurrency", 1L), hits());
    }
  }

  @Test
  @Shows(AwsChecklist.ENVIRONMENTS)
  void functionAtItsReservedConcurrencyIsThrottledAndNoOtherIs() throws Exception {
    reserved.put("f", 2);
    try (Invoker invoker = invoker(9)) {
      List<Invocation> running = blocked(invoker, "a", "b");
      assertRefused(invoker.invoke("f", bytes("c")));
      assertRefused(invoker.invokeByFunction("f", bytes("d")));
      assertEquals("g:e", answer(invoker.invoke("g", bytes("e"))));
      gates.values().forEach(CountDownLatch::countDown);
      for (Invocation each : running) {
        answer(each);
      }
      assertEquals("f:f", answer(invoker.invoke("f", bytes("f"))));
      assertEquals(Map.of(), hits());
      Map<String, Long> counters = new HashMap<>();
      invoker.putCounters(counters);
      assertEquals(Map.of("quota.reservedConcurrency", 2L), counters);
    }
  }

  @Test
  void reservedConcurrencyIsKeptFromOtherFunctions() throws Exception {
    quotas = quotas(Quota.CONCURRENCY, 3);
    reserved.put("g", 1);
    try (Invoker invoker = invoker(9)) {
      List<Invocation> running = blocked(invoker, "a", "b");
      assertRefused(invoker.invoke("f", bytes("c")));
      assertEquals("g:d", answer(invoker.invoke("g", bytes("d"))));
      gates.values().forEach(CountDownLatch::countDown);
      for (Invocation each : running) {
        answer(each);
      }
      assertEquals(Map.of("quota.concurrency", 1L), hits());
    }
  }

  @Test
  void functionWithoutConcurrencyNeverRuns() throws Exception {
    reserved.put("f", 0);
    try (Invoker invoker = invoker(1)) {
      assertRefused(invoker.invoke("f", bytes("a")));
      assertEquals("g:b", answer(invoker.invoke("g", bytes("b"))));
      assertEquals(1, loaded.get());
    }
  }

  /** On AWS the first would not have waited for this machine, so the second is not throttled. */
  @Test
  void requestThatWaitedForThisMachineRunsWhenItsFunctionHasRoom() throws Exception {
    reserved.put("f", 1);
    try (Invoker invoker = invoker(1)) {
      Invocation running = blocked(invoker, "a").get(0);
      Invocation second = invoker.invoke("f", bytes("b"));
      Invocation other = invoker.invoke("g", bytes("c"));
      assertEquals(2, invoker.waiting());
      gates.get("a").countDown();
      answer(running);
      assertEquals("f:b", answer(second));
      assertEquals("g:c", answer(other));
    }
  }

  @Test
  void requestThatWaitsForItsOwnFunctionHoldsUpNoOther() throws Exception {
    reserved.put("f", 1);
    try (Invoker invoker = invoker(2)) {
      Invocation running = blocked(invoker, "a").get(0);
      gates.put("b", new CountDownLatch(1));
      Invocation other = invoker.invoke("g", bytes("b"));
      Invocation second = invoker.invoke("f", bytes("c"));
      gates.get("b").countDown();
      answer(other);
      while (invoker.inProgress() > 1) {
        Thread.onSpinWait();
      }
      assertEquals("g:d", answer(invoker.invoke("g", bytes("d"))));
      assertEquals(1, invoker.figures().capReached());
      assertEquals(1, invoker.waiting());
      gates.get("a").countDown();
      answer(running);
      assertEquals("f:c", answer(second));
    }
  }

  @Test
  @Shows(AwsChecklist.ENVIRONMENTS)
  void functionGetsNewEnvironmentsAtALimitedRate() throws Exception {
    quotas = quotas(Quota.ENVIRONMENTS_PER_TEN_SECONDS, 2);
    try (Invoker invoker = invoker(9)) {
      List<Invocation> requests = blocked(invoker, "a", "b");
      assertRefused(invoker.invoke("f", bytes("c")));
      assertEquals("g:of its own", answer(invoker.invoke("g", bytes("of its own"))));
      clock.pass(Duration.ofSeconds(5));
      assertEquals("f:d", answer(invoker.invoke("f", bytes("d"))));
      // One that is there already is no new one.
      assertEquals("f:e", answer(invoker.invoke("f", bytes("e"))));
      gates.values().forEach(CountDownLatch::countDown);
      for (Invocation request : requests) {
        answer(request);
      }
      assertEquals(4, invoker.figures().environments());
      assertEquals(Map.of("quota.environmentsPerTenSeconds", 1L), hits());
    }
  }

  @Test
  void answerThatIsTooLongFailsItsRequestOnly() throws Exception {
    quotas = quotas(Quota.PAYLOAD_BYTES, 10);
    try (Invoker invoker = invoker(1)) {
      assertEquals("f:12345678", answer(invoker.invoke("f", bytes("12345678"))));
      Invocation tooLong = invoker.invoke("f", bytes("123456789"));
      assertThrows(ExecutionException.class, () -> answer(tooLong));
      assertEquals("f:ok", answer(invoker.invoke("f", bytes("ok"))));
      assertEquals(Map.of("quota.payloadBytes", 1L), hits());
    }
  }
}
