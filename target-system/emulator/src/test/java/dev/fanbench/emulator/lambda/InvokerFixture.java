package dev.fanbench.emulator.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fanbench.emulator.SettableClock;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Functions {@code f} and {@code g}, whose requests wait for gates of the test. */
abstract class InvokerFixture {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  final AtomicInteger loaded = new AtomicInteger();
  final Set<String> threads = ConcurrentHashMap.newKeySet();
  final BlockingQueue<String> started = new LinkedBlockingQueue<>();
  final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
  final Map<String, Integer> reserved = new HashMap<>();
  Duration timeout = PATIENCE;
  Duration timeoutOfG = PATIENCE;
  final SettableClock clock = new SettableClock();
  QuotaCheck quotas = new QuotaCheck(QuotaSet.standard(), clock);

  static void assertRefused(Invocation invocation) {
    assertInstanceOf(
        RejectedExecutionException.class,
        assertThrows(ExecutionException.class, () -> answer(invocation)).getCause());
  }

  Map<String, Long> hits() {
    Map<String, Long> hits = new HashMap<>();
    quotas.putCounters(hits);
    return hits;
  }

  QuotaCheck quotas(Quota quota, long value) {
    return new QuotaCheck(QuotaSet.standard().with(quota, value), clock);
  }

  /** Requests whose handlers have begun and wait for their gates. */
  List<Invocation> blocked(Invoker invoker, String... events) throws Exception {
    List<Invocation> requests = new ArrayList<>();
    for (String event : events) {
      gates.put(event, new CountDownLatch(1));
      requests.add(invoker.invoke("f", bytes(event)));
      assertEquals(event, started.poll(10, TimeUnit.SECONDS));
    }
    return requests;
  }

  Invoker invoker(int cap) {
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
  static LocalCap places(int cap) {
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

  RequestStreamHandler handler(String function) {
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

  Map<String, FunctionDefinition> functions() {
    return Map.of("f", function("f", timeout), "g", function("g", timeoutOfG));
  }

  FunctionDefinition function(String name, Duration longest) {
    return new FunctionDefinition(
        name,
        "test." + name,
        FunctionCode.classPath(),
        1_024,
        longest,
        Optional.ofNullable(reserved.get(name)),
        Map.of());
  }

  static String answer(Invocation invocation) throws Exception {
    return new String(invocation.answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
