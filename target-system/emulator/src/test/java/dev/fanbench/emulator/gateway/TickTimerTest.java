package dev.fanbench.emulator.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TickTimerTest {
  private final MockTicker ticker = Ticker.newMockTicker();
  private final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(ticker).build();
  private final EventExecutor loop = channel.eventLoop();
  private final List<String> done = new ArrayList<>();

  @AfterEach
  void close() {
    channel.close();
  }

  private void after(long micros, String name) {
    TickTimer.after(loop, TimeUnit.MICROSECONDS.toNanos(micros), () -> done.add(name));
  }

  private List<String> advance(long micros) {
    ticker.advance(micros, TimeUnit.MICROSECONDS);
    // The tick, the tasks that it hands to the loop, and those after one that fails.
    for (int i = 0; i < 3; i++) {
      channel.runPendingTasks();
    }
    return List.copyOf(done);
  }

  @Test
  void timersOfOneTickRunTogetherAndNoneIsEarly() {
    after(150, "b");
    after(110, "a");
    after(210, "c");
    assertEquals(List.of(), advance(149));
    assertEquals(List.of("b", "a"), advance(51));
    assertEquals(List.of("b", "a"), advance(199));
    assertEquals(List.of("b", "a", "c"), advance(1));
  }

  @Test
  void aShorterTimerThatIsSetLaterRunsFirst() {
    after(10_000, "long");
    after(1_000, "short");
    assertEquals(List.of("short"), advance(1_000));
    assertEquals(List.of("short", "long"), advance(9_000));
  }

  /** A frame takes a millisecond and a post ten, so short timers come while long ones wait. */
  @Test
  void aShorterTimerCostsOneWakeUpAndNotOneForEachTickThatFollows() {
    AtomicInteger wakeUps = new AtomicInteger();
    EventExecutor counted = counting(wakeUps);
    for (int millis = 1; millis <= 50; millis++) {
      TickTimer.after(counted, TimeUnit.MILLISECONDS.toNanos(10), () -> done.add("post"));
      TickTimer.after(counted, TimeUnit.MILLISECONDS.toNanos(1), () -> done.add("frame"));
      advance(1_000);
    }
    advance(10_000);
    assertEquals(100, done.size());
    assertTrue(wakeUps.get() <= 60, () -> wakeUps + " wake-ups for 60 ticks");
  }

  /** The loop, with a count of what is scheduled on it. */
  private EventExecutor counting(AtomicInteger scheduled) {
    return (EventExecutor)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {EventExecutor.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("schedule")) {
                scheduled.incrementAndGet();
              }
              return method.invoke(loop, arguments);
            });
  }

  @Test
  void aTimerMayBeSetByAnother() {
    TickTimer.after(loop, 1_000, () -> after(1_000, "second"));
    assertEquals(List.of(), advance(200));
    assertEquals(List.of("second"), advance(1_000));
  }

  @Test
  void aTimerThatFailsStopsNoOther() {
    TickTimer.after(
        loop,
        1_000,
        () -> {
          throw new IllegalStateException("on purpose");
        });
    after(1, "other");
    assertEquals(List.of("other"), advance(200));
  }
}
