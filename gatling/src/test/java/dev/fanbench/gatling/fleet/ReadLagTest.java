package dev.fanbench.gatling.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Turns of an event loop, on a clock that the test moves. */
class ReadLagTest {
  private static final long MICRO = 1_000;

  private long now;
  private long queued;
  private final ReadLag lag = new ReadLag(() -> now, () -> queued);

  @Test
  void frameThatEndsAWaitWasReadAtOnce() {
    poll(0);
    assertEquals(0, read(500 * MICRO));
  }

  /** The frame came, and the loop got no core for 120 µs. */
  @Test
  void timeInTheRunQueueBeforeAWaitReturnedCounts() {
    poll(0);
    queued = 120 * MICRO;
    assertEquals(120 * MICRO, read(500 * MICRO));
    assertEquals(150 * MICRO, read(530 * MICRO));
    poll(600 * MICRO);
    assertEquals(0, read(900 * MICRO), "the earlier delay is not this wait's");
  }

  @Test
  void theRunQueueCannotDelayMoreThanTheWait() {
    poll(0);
    poll(400 * MICRO);
    queued = 9_000 * MICRO;
    assertEquals(100 * MICRO, read(500 * MICRO));
  }

  @Test
  void theKernelsLineHasTheDelayInItsSecondField() {
    byte[] line = "2447305 517374 111\n".getBytes(StandardCharsets.US_ASCII);
    assertEquals(517_374, RunQueueDelay.secondField(ByteBuffer.wrap(line), line.length));
    assertEquals(0, RunQueueDelay.secondField(ByteBuffer.wrap(line), -1));
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

  /** A poll returns 64 sockets at most, and a room of a thousand takes many turns. */
  @Test
  void framesThatAFullTurnLeftMayHaveWaitedAsLongAsItsOwn() {
    poll(0);
    read(500 * MICRO);
    lag.leaves();
    poll(800 * MICRO);
    assertEquals(302 * MICRO, read(802 * MICRO));
    lag.leaves();
    poll(1_100 * MICRO);
    assertEquals(602 * MICRO, read(1_102 * MICRO), "since the poll that blocked");
    poll(1_200 * MICRO);
    assertEquals(102 * MICRO, read(1_204 * MICRO), "the turn before left nothing");
  }

  /** The first read takes long, or a poll returns other events. Neither is a poll that blocked. */
  @Test
  void aPollDoesNotBlockWhileFramesAreLeft() {
    poll(0);
    read(500 * MICRO);
    lag.leaves();
    poll(800 * MICRO);
    lag.leaves();
    poll(900 * MICRO);
    assertEquals(450 * MICRO, read(950 * MICRO));
  }

  @Test
  void aStopIsInTheLagOfAllFramesThatCameMeanwhile() {
    poll(0, 900 * MICRO);
    assertEquals(150_000 * MICRO, read(150_000 * MICRO));
    lag.leaves();
    poll(150_300 * MICRO);
    assertEquals(150_302 * MICRO, read(150_302 * MICRO));
  }

  /** Such as to inflate a message, or to take apart a batch. */
  @Test
  void theTimeToDecodeTheFirstFrameIsNoTimeInThePoll() {
    poll(0);
    read(500 * MICRO);
    poll(4_000 * MICRO);
    now = 4_002 * MICRO;
    lag.reads();
    assertEquals(3_600 * MICRO, read(4_100 * MICRO));
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

  /** A process that is stopped in its poll is told of no stop. Its next timer is late. */
  @Test
  void frameMayHaveComeAtAnyTimeOfAWaitThatWasHeldUp() {
    poll(0, 900 * MICRO);
    assertEquals(150_000 * MICRO, read(150_000 * MICRO));
    assertEquals(150_020 * MICRO, read(150_020 * MICRO));
  }

  /** The process is stopped between two polls, and is still slow when it goes on. */
  @Test
  void frameMayHaveComeBeforeThePollOfALoopThatWasHeldUp() {
    poll(0, 900 * MICRO);
    poll(150_000 * MICRO, 0);
    assertEquals(153_000 * MICRO, read(153_000 * MICRO));
    poll(154_000 * MICRO, 900 * MICRO);
    poll(155_000 * MICRO, 900 * MICRO);
    assertEquals(0, read(155_300 * MICRO));
  }

  @Test
  void aWaitThatEndsAsLateAsTimersUsuallyDoIsNotHeldUp() {
    poll(0, 900 * MICRO);
    assertEquals(0, read(1_100 * MICRO));
  }

  private void poll(long atNanos) {
    poll(atNanos, 1_000_000 * MICRO);
  }

  private void poll(long atNanos, long timerNanos) {
    now = atNanos;
    lag.polls(timerNanos);
  }

  private long read(long atNanos) {
    now = atNanos;
    return lag.nanos(atNanos);
  }
}
