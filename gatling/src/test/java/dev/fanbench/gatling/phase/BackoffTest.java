package dev.fanbench.gatling.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final long MILLI = 1_000_000;

  private final Backoff backoff = new Backoff(7);

  @Test
  void theBoundDoublesFrom100MillisecondsTo5Seconds() {
    long[] bounds = {100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000};
    for (int failures = 1; failures <= bounds.length; failures++) {
      long longest = waits(failures).max().orElseThrow();
      long bound = bounds[failures - 1] * MILLI;
      assertTrue(longest <= bound && longest > bound * 0.95, failures + ": " + longest);
      assertTrue(waits(failures).min().orElseThrow() < bound * 0.05);
    }
    assertTrue(backoff.waitNanos(1, 1_000) <= 5_000 * MILLI);
  }

  @Test
  void aSeedGivesTheSameWaitsAndAnotherOneOthers() {
    assertEquals(backoff.waitNanos(3, 2), new Backoff(7).waitNanos(3, 2));
    assertNotEquals(backoff.waitNanos(3, 2), new Backoff(8).waitNanos(3, 2));
    assertNotEquals(backoff.waitNanos(3, 2), backoff.waitNanos(4, 2));
  }

  private LongStream waits(int failures) {
    return IntStream.range(0, 1_000).mapToLong(slot -> backoff.waitNanos(slot, failures));
  }
}
