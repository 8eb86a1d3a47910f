package dev.fanbench.emulator.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.AwsChecklist;
import dev.fanbench.emulator.Shows;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Requests, their environments and the cap of this machine. */
class InvokerTest extends InvokerFixture {
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
}
