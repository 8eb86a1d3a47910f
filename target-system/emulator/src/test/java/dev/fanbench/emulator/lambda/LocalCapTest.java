package dev.fanbench.emulator.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fanbench.emulator.SettableClock;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.emulator.template.FunctionCode;
import dev.fanbench.emulator.template.FunctionDefinition;
import dev.fanbench.emulator.template.FunctionLanguage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The local cap counts functions that run on a core, and is no quota of the account. */
class LocalCapTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String WAITING = "waiting";

  private final FakeCoreUse cores = new FakeCoreUse();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Semaphore begun = new Semaphore(0);
  private QuotaCheck quotas = new QuotaCheck(QuotaSet.standard(), new SettableClock());

  @AfterEach
  void endFunctions() {
    end.countDown();
  }

  @Test
  void functionsThatWaitLeaveTheirPlacesWhileTheCoresHaveTime() throws Exception {
    cores.idle();
    try (Invoker invoker = invoker(8)) {
      List<Invocation> waiting = waiting(invoker, 8);
      for (int i = 0; i < 20; i++) {
        assertEquals("quick", answer(invoker.invoke("f", bytes("quick"))));
      }
      assertEquals(8, invoker.inProgress());
      end.countDown();
      for (Invocation each : waiting) {
        assertEquals(WAITING, answer(each));
      }
    }
  }

  @Test
  void functionsThatWaitForABusyProcessKeepTheirPlaces() throws Exception {
    try (Invoker invoker = invoker(2)) {
      waiting(invoker, 2);
      Invocation next = invoker.invoke("f", bytes("quick"));
      cores.awaitSamples(20);
      assertEquals(1, invoker.waiting());
      end.countDown();
      assertEquals("quick", answer(next));
      assertEquals(1, invoker.figures().capReached());
    }
  }

  @Test
  void processesThatWaitNeverKeepTheirPlaces() throws Exception {
    FunctionCode python = new FunctionCode(FunctionLanguage.PYTHON, "python3.12", ".", List.of());
    FunctionDefinition f = new FunctionDefinition("f", "test.f", python, 1_024, PATIENCE, Map.of());
    // The cores are busy with something else.
    LocalCap cap = new LocalCap(1, cores);
    try (Invoker invoker =
        new Invoker(Map.of("f", f), any -> new WaitingProcess(false), cap, Duration.ZERO, quotas)) {
      List<Invocation> waiting = waiting(invoker, 1);
      for (int i = 0; i < 5; i++) {
        assertEquals("quick", answer(invoker.invoke("f", bytes("quick"))));
      }
      assertEquals(1, invoker.inProgress());
      assertTrue(cores.passedNanos() < TimeUnit.SECONDS.toNanos(1), "they began by the clock");
      end.countDown();
      assertEquals(WAITING, answer(waiting.get(0)));
    }
  }

  /** Each gets little of a core, as on a machine where others compute too. */
  @Test
  void processesThatGetNoCoreKeepTheirPlaces() throws Exception {
    FunctionCode python = new FunctionCode(FunctionLanguage.PYTHON, "python3.12", ".", List.of());
    FunctionDefinition f = new FunctionDefinition("f", "test.f", python, 1_024, PATIENCE, Map.of());
    LocalCap cap = new LocalCap(1, cores);
    try (Invoker invoker =
        new Invoker(Map.of("f", f), any -> new WaitingProcess(true), cap, Duration.ZERO, quotas)) {
      List<Invocation> starved = waiting(invoker, 1);
      Invocation next = invoker.invoke("f", bytes("quick"));
      cores.awaitSamples(20);
      assertEquals(1, invoker.waiting());
      end.countDown();
      assertEquals(WAITING, answer(starved.get(0)));
      assertEquals("quick", answer(next));
    }
  }

  /** A process that uses no processor time, because it waits or because it gets none. */
  private final class WaitingProcess implements ProcessHandler {
    private final boolean starved;

    WaitingProcess(boolean starved) {
      this.starved = starved;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      handle(in, out);
    }

    @Override
    public long cpuNanos() {
      return 0;
    }

    @Override
    public long wantedNanos() {
      return starved ? cores.passedNanos() : 0;
    }

    @Override
    public void close() {}
  }

  @Test
  void functionsThatComputeKeepTheirPlacesForATurn() throws Exception {
    cores.idle().computing();
    try (Invoker invoker = invoker(2)) {
      waiting(invoker, 2);
      Invocation next = invoker.invoke("f", bytes("quick"));
      cores.awaitSamples(20);
      assertEquals(1, invoker.waiting());
      assertEquals("quick", answer(next));
      assertEquals(2, invoker.inProgress());
    }
  }

  @Test
  void oneRequestBeginsEachSecondWhateverTheOthersDo() throws Exception {
    try (Invoker invoker = invoker(1)) {
      waiting(invoker, 1);
      waiting(invoker, 1);
      assertEquals(2, invoker.inProgress());
    }
  }

  @Test
  void requestsThatWaitForAPlaceAreNotConcurrencyOfTheAccount() throws Exception {
    int requests = 1_300;
    try (Invoker invoker = invoker(1)) {
      List<Invocation> all = new ArrayList<>(waiting(invoker, 1));
      for (int i = 0; i < requests; i++) {
        all.add(invoker.invoke("f", bytes("quick")));
      }
      end.countDown();
      for (Invocation each : all) {
        answer(each);
      }
      assertEquals(requests + 1, invoker.figures().invocations());
    }
    Map<String, Long> hits = new HashMap<>();
    quotas.putCounters(hits);
    assertEquals(Map.of(), hits);
  }

  @Test
  void requestThatWaitedBeginsWhenTheAccountHasRoom() throws Exception {
    quotas = new QuotaCheck(QuotaSet.standard().with(Quota.CONCURRENCY, 2), new SettableClock());
    try (Invoker invoker = invoker(1)) {
      waiting(invoker, 1);
      Invocation second = invoker.invoke("f", bytes(WAITING));
      Invocation third = invoker.invoke("f", bytes("quick"));
      cores.idle();
      begun.acquire();
      cores.awaitSamples(20);
      assertEquals(1, invoker.waiting(), "two are in progress, and the account has no more");
      end.countDown();
      assertEquals(WAITING, answer(second));
      assertEquals("quick", answer(third));
    }
  }

  @Test
  void requestGivenUpWhileItWaitsIsAnswered() throws Exception {
    try (Invoker invoker = invoker(1)) {
      waiting(invoker, 1);
      Invocation given = invoker.invoke("f", bytes("quick"));
      given.abandon();
      assertTrue(
          assertThrows(ExecutionException.class, () -> answer(given)).getCause()
              instanceof TimeoutException);
      assertEquals(0, invoker.waiting());
    }
  }

  @Test
  void eventsThatWaitAreBoundInBytes() throws Exception {
    try (Invoker invoker = invoker(1)) {
      waiting(invoker, 1);
      byte[] large = new byte[1024 * 1024];
      for (int i = 0; i < 64; i++) {
        invoker.invoke("f", large);
      }
      Invocation refused = invoker.invoke("f", large);
      assertThrows(ExecutionException.class, () -> answer(refused));
      assertEquals(1, invoker.figures().refusedByFullQueue());
      assertEquals(64, invoker.waiting());
    }
  }

  /** Requests whose functions have begun, and wait. */
  private List<Invocation> waiting(Invoker invoker, int count) throws InterruptedException {
    List<Invocation> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(invoker.invoke("f", bytes(WAITING)));
      assertTrue(begun.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), "not begun");
    }
    return all;
  }

  private Invoker invoker(int cap) {
    FunctionDefinition f = new FunctionDefinition("f", "test.f", 1_024, PATIENCE, Map.of());
    return new Invoker(
        Map.of("f", f),
        function -> (in, out, context) -> handle(in, out),
        new LocalCap(cap, cores),
        Duration.ZERO,
        quotas);
  }

  private void handle(InputStream in, OutputStream out) throws IOException {
    byte[] event = in.readAllBytes();
    if (new String(event, UTF_8).equals(WAITING)) {
      begun.release();
      awaitEnd();
    }
    out.write(event);
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException abandoned) {
      Thread.currentThread().interrupt();
    }
  }

  private static String answer(Invocation invocation) throws Exception {
    return new String(invocation.answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
