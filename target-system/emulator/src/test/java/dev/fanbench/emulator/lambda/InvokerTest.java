package dev.fanbench.emulator.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fanbench.emulator.AwsChecklist;
import dev.fanbench.emulator.SettableClock;
import dev.fanbench.emulator.Shows;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.emulator.template.FunctionCode;
import dev.fanbench.emulator.template.FunctionDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InvokerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AtomicInteger loaded = new AtomicInteger();
  private final Set<String> threads = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<String> started = new LinkedBlockingQueue<>();
  private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
  private final Map<String, Integer> reserved = new HashMap<>();
  private Duration timeout = PATIENCE;
  private final SettableClock clock = new SettableClock();
  private QuotaCheck quotas = new QuotaCheck(QuotaSet.standard(), clock);

  @Test
  void requestsOneAfterAnotherShareAnEnvironment() throws Exception {
    try (Invoker invoker = invoker(4)) {
      for (int i = 0; i < 10; i++) {
        assertEquals("f:e" + i, answer(invoker.invoke("f", bytes("e" + i))));
      }
      assertEquals(1, loaded.get());
      assertEquals(1, invoker.figures().environments());
      assertEquals(10, invoker.figures().invocations());
      assertEquals(0, invoker.figures().capReached());
      assertTrue(threads.iterator().next().startsWith("fn-"));
    }
  }

  @Test
  @Shows(AwsChecklist.ENVIRONMENTS)
  void requestsAtTheSameTimeHaveEnvironmentsOfTheirOwn() throws Exception {
    try (Invoker invoker = invoker(4)) {
      List<Invocation> requests = blocked(invoker, "a", "b", "c");
      assertEquals(3, threads.size());
      assertEquals(3, loaded.get());
      gates.values().forEach(CountDownLatch::countDown);
      for (Invocation request : requests) {
        answer(request);
      }
    }
  }

  @Test
  @Shows(AwsChecklist.ENVIRONMENTS)
  void requestsBeyondTheCapWaitInOrderAndAreCounted() throws Exception {
    try (Invoker invoker = invoker(2)) {
      List<Invocation> requests = blocked(invoker, "a", "b");
      requests.add(invoker.invoke("g", bytes("c")));
      requests.add(invoker.invoke("f", bytes("d")));
      assertEquals(2, invoker.figures().capReached());
      assertTrue(started.isEmpty());
      gates.get("a").countDown();
      assertEquals("c", started.poll(10, TimeUnit.SECONDS));
      assertEquals("d", started.poll(10, TimeUnit.SECONDS));
      gates.get("b").countDown();
      for (Invocation request : requests) {
        answer(request);
      }
    }
  }

  @Test
  void abandonedRequestGivesItsPlaceToTheNext() throws Exception {
    try (Invoker invoker = invoker(1)) {
      Invocation hung = blocked(invoker, "a").get(0);
      Invocation next = invoker.invoke("f", bytes("next"));
      hung.abandon();
      assertEquals("f:next", answer(next));
      assertEquals(1, invoker.figures().abandoned());
      assertEquals(2, invoker.figures().environments());
    }
  }

  @Test
  void requestAbandonedWhileItWaitsIsNeverRun() throws Exception {
    try (Invoker invoker = invoker(1)) {
      Invocation first = blocked(invoker, "a").get(0);
      invoker.invoke("f", bytes("given up")).abandon();
      Invocation last = invoker.invoke("f", bytes("last"));
      gates.get("a").countDown();
      answer(first);
      assertEquals("f:last", answer(last));
      assertFalse(started.contains("given up"));
    }
  }

  @Test
  void handlerThatCannotBeLoadedFailsItsRequestAndIsTriedAgain() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    HandlerLoader loader =
        function -> {
          if (attempts.incrementAndGet() == 1) {
            throw new ClassNotFoundException("no.Such");
          }
          return handler("f");
        };
    try (Invoker invoker = new Invoker(functions(), loader, places(1), Duration.ZERO, quotas)) {
      Invocation first = invoker.invoke("f", bytes("x"));
      assertInstanceOf(
          ClassNotFoundException.class,
          assertThrows(ExecutionException.class, () -> answer(first)).getCause());
      assertEquals("f:y", answer(invoker.invoke("f", bytes("y"))));
      assertEquals(1, invoker.figures().failures());
    }
  }

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

  /** Callers give a request up after this time, and the next one would find no warm environment. */
  @Test
  void aModelledColdStartIsNoPartOfTheTimeout() {
    Duration coldStart = Duration.ofSeconds(6);
    try (Invoker invoker =
        new Invoker(functions(), function -> handler("f"), places(1), coldStart, quotas)) {
      assertEquals(timeout.plus(coldStart), invoker.timeout("f"));
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

  @Test
  @Shows(AwsChecklist.ENVIRONMENTS)
  void hungRequestIsGivenUpAtTheTimeoutOfItsFunction() throws Exception {
    timeout = Duration.ofMillis(50);
    try (Invoker invoker = invoker(1)) {
      gates.put("a", new CountDownLatch(1));
      Invocation hung = invoker.invoke("f", bytes("a"));
      assertInstanceOf(
          TimeoutException.class,
          assertThrows(ExecutionException.class, () -> answer(hung)).getCause());
      assertEquals("g:next", answer(invoker.invoke("g", bytes("next"))));
      assertEquals(1, invoker.figures().abandoned());
      assertEquals(2, invoker.figures().environments());
    }
  }

  private static void assertRefused(Invocation invocation) {
    assertInstanceOf(
        RejectedExecutionException.class,
        assertThrows(ExecutionException.class, () -> answer(invocation)).getCause());
  }

  private Map<String, Long> hits() {
    Map<String, Long> hits = new HashMap<>();
    quotas.putCounters(hits);
    return hits;
  }

  private QuotaCheck quotas(Quota quota, long value) {
    return new QuotaCheck(QuotaSet.standard().with(quota, value), clock);
  }

  @Test
  void drainFinishesWhatIsInProgressAndRefusesTheRest() throws Exception {
    Invoker invoker = invoker(1);
    Invocation running = blocked(invoker, "a").get(0);
    Invocation waiting = invoker.invoke("f", bytes("b"));
    CompletableFuture<Void> drained = invoker.drain();
    Invocation refused = invoker.invoke("f", bytes("c"));
    assertInstanceOf(
        RejectedExecutionException.class,
        assertThrows(ExecutionException.class, () -> answer(refused)).getCause());
    assertFalse(drained.isDone());
    gates.get("a").countDown();
    answer(running);
    assertEquals("f:b", answer(waiting));
    drained.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Requests whose handlers have begun and wait for their gates. */
  private List<Invocation> blocked(Invoker invoker, String... events) throws Exception {
    List<Invocation> requests = new ArrayList<>();
    for (String event : events) {
      gates.put(event, new CountDownLatch(1));
      requests.add(invoker.invoke("f", bytes(event)));
      assertEquals(event, started.poll(10, TimeUnit.SECONDS));
    }
    return requests;
  }

  private Invoker invoker(int cap) {
    return new Invoker(
        functions(),
        function -> {
          loaded.incrementAndGet();
          return handler(function.name());
        },
        places(cap),
        Duration.ZERO,
        quotas);
  }

  /** LocalCap that no function leaves because it waits: time stands still. */
  private static LocalCap places(int cap) {
    return new LocalCap(
        cap,
        new CoreUse() {
          @Override
          public long nanoTime() {
            return 0;
          }

          @Override
          public long cpuNanos(Thread thread) {
            return 0;
          }

          @Override
          public boolean coresAreBusy() {
            return true;
          }
        });
  }

  private RequestStreamHandler handler(String function) {
    return (in, out, context) -> {
      String event = new String(in.readAllBytes(), UTF_8);
      threads.add(Thread.currentThread().getName());
      started.add(event);
      CountDownLatch gate = gates.get(event);
      try {
        if (gate != null) {
          gate.await();
        }
      } catch (InterruptedException abandoned) {
        return;
      }
      out.write(bytes(function + ":" + event));
    };
  }

  private Map<String, FunctionDefinition> functions() {
    return Map.of("f", function("f", timeout), "g", function("g", PATIENCE));
  }

  private FunctionDefinition function(String name, Duration longest) {
    return new FunctionDefinition(
        name,
        "test." + name,
        FunctionCode.classPath(),
        1_024,
        longest,
        Optional.ofNullable(reserved.get(name)),
        Map.of());
  }

  private static String answer(Invocation invocation) throws Exception {
    return new String(invocation.answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
