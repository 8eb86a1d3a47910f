package dev.fanbench.gatling.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Turns of an event loop, on a clock that the test moves. */
class ReadLagTest {
  private static final long MICRO = 1_000;

  private long now;
  private final ReadLag lag = new ReadLag(() -> now);

  @Test
  void frameThatEndsAWaitWasReadAtOnce() {
    poll(0);
    assertEquals(0, read(500 * MICRO));
  }

  @Test
  void framesOfOneTurnMayHaveWaitedSinceThePollReturned() {
    poll(0);
    read(500 * MICRO);
    assertEquals(30 * MICRO, read(530 * MICRO));
    assertEquals(70 * MICRO, read(570 * MICRO));
  }

  @Test
  void frameThatWasThereBeforeThePollMayHaveWaitedSinceThePollBefore() {
    poll(0);
    read(500 * MICRO);
    // 150 ms of other work, or a stopped process, and the next poll returns at once.
    poll(150_500 * MICRO);
    assertEquals(150_002 * MICRO, read(150_502 * MICRO));
  }

  @Test
  void turnThatReadNothingFoundNothing() {
    poll(0);
    read(500 * MICRO);
    poll(600 * MICRO);
    // A timer ran, no frame had come at 600 µs.
    poll(900 * MICRO);
    assertEquals(302 * MICRO, read(902 * MICRO));
  }

  private void poll(long atNanos) {
    now = atNanos;
    lag.polls();
  }

  private long read(long atNanos) {
    now = atNanos;
    return lag.nanos(atNanos);
  }
}
