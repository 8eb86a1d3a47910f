package dev.fanbench.emulator.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fanbench.emulator.SettableClock;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.emulator.template.FunctionDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** What becomes of a function that is given up at its timeout. */
class ThreadEvictionTest {
  private static final int TIMEOUT_MILLIS = 50;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  /** Up to Java 19 a JVM can end a thread that ignores interrupts. */
  private static final boolean CAN_STOP = Runtime.version().feature() < 20;

  private final AtomicLong spins = new AtomicLong();

  @Test
  void isBilledForItsTime() throws Exception {
    try (Invoker invoker = invoker((in, out, context) -> sleep())) {
      assertTimedOut(invoker.invoke("f", new byte[0]));
      assertEquals(1, invoker.figures().invocations());
      assertEquals(TIMEOUT_MILLIS, invoker.figures().gigabyteMillis());
      assertEquals(1, invoker.figures().abandoned());
      await(invoker, left -> left == 0);
      assertEquals(TIMEOUT_MILLIS, invoker.figures().gigabyteMillis(), "billed once");
    }
  }

  @Test
  void itsThreadEndsHoweverItIgnoresTheInterrupt() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    List<RequestStreamHandler> kinds =
        List.of(
            (in, out, context) -> new CompletableFuture<Void>().join(),
            (in, out, context) -> {
              while (never.getCount() > 0) {
                spins.incrementAndGet();
              }
            },
            (in, out, context) -> {
              while (never.getCount() > 0) {
                sleep();
              }
            },
            (in, out, context) -> {
              while (never.getCount() > 0) {
                LockSupport.park(this);
              }
            });
    List<Invoker> invokers = new ArrayList<>();
    for (RequestStreamHandler kind : kinds) {
      Invoker invoker = invoker(kind);
      invokers.add(invoker);
      List<Invocation> hung = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        hung.add(invoker.invoke("f", new byte[0]));
      }
      for (Invocation each : hung) {
        assertTimedOut(each);
      }
    }
    for (Invoker invoker : invokers) {
      if (CAN_STOP) {
        await(invoker, left -> left == 0);
      } else {
        assertEquals(5, invoker.figures().threadsLeft());
      }
    }
    never.countDown();
    for (Invoker invoker : invokers) {
      invoker.close();
    }
  }

  @Test
  void threadInANativeCallIsCountedUntilItReturns() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Invoker invoker = invoker((in, out, context) -> read(silent.getLocalPort()))) {
      Invocation invocation = invoker.invoke("f", new byte[0]);
      Socket peer = silent.accept();
      assertTimedOut(invocation);
      assertEquals(1, invoker.figures().threadsLeft());
      peer.close();
      await(invoker, left -> left == 0);
    }
  }

  private static void read(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getInputStream().read();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException ignored) {
      // As careless functions do.
    }
  }

  private static void assertTimedOut(Invocation invocation) {
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> invocation.answer().get(10, TimeUnit.SECONDS));
    assertInstanceOf(TimeoutException.class, failed.getCause());
  }

  /** Waits until the gauge of threads says so. */
  private static void await(Invoker invoker, LongPredicate condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.test(invoker.figures().threadsLeft())) {
      assertTrue(System.nanoTime() < deadline, "threads left: " + invoker.figures().threadsLeft());
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static Invoker invoker(RequestStreamHandler handler) {
    FunctionDefinition f =
        new FunctionDefinition("f", "test.f", 1_024, Duration.ofMillis(TIMEOUT_MILLIS), Map.of());
    return new Invoker(
        Map.of("f", f),
        function -> handler,
        8,
        Duration.ZERO,
        new QuotaCheck(QuotaSet.standard(), new SettableClock()));
  }
}
