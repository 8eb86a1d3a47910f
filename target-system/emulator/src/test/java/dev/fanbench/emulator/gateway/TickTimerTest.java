package dev.fanbench.emulator.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
