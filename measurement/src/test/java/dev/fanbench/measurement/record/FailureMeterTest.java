package dev.fanbench.measurement.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.FailureInterval;
import dev.fanbench.measurement.run.PhaseResult;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FailureMeterTest {
  private static final long LENGTH = FailureMeter.FIRST_LENGTH_NANOS;

  private final FailureMeter meter = new FailureMeter(PhaseResult.LOST);

  @Test
  void failuresAreCountedInTheIntervalInWhichTheyHappened() {
    meter.add(8 * LENGTH);
    meter.add(9 * LENGTH - 1);
    meter.add(9 * LENGTH);
    meter.add(2 * LENGTH);
    assertEquals(List.of(interval(2, 1), interval(8, 2), interval(9, 1)), meter.intervals());
  }

  @Test
  void aDayOfFailuresTakesNoMoreIntervalsThanAMinute() {
    long seconds = TimeUnit.DAYS.toSeconds(1);
    for (long second = 0; second < seconds; second++) {
      meter.add(TimeUnit.SECONDS.toNanos(second));
    }
    List<FailureInterval> intervals = meter.intervals();
    assertTrue(intervals.size() <= FailureMeter.MOST_INTERVALS, () -> "" + intervals.size());
    assertTrue(intervals.size() > FailureMeter.MOST_INTERVALS / 2, () -> "" + intervals.size());
    assertEquals(seconds, intervals.stream().mapToLong(FailureInterval::count).sum());
    assertEquals(seconds, meter.count());
  }

  @Test
  void intervalsAreDoubledWhenTheyAreTooMany() {
    for (long number = 0; number < FailureMeter.MOST_INTERVALS; number++) {
      meter.add(number * LENGTH);
    }
    assertEquals(FailureMeter.MOST_INTERVALS, meter.intervals().size());
    assertEquals(interval(0, 1), meter.intervals().get(0));
    meter.add(FailureMeter.MOST_INTERVALS * LENGTH);
    assertEquals(FailureMeter.MOST_INTERVALS / 2 + 1, meter.intervals().size());
    assertEquals(new FailureInterval(PhaseResult.LOST, 0, 2 * LENGTH, 2), meter.intervals().get(0));
    meter.add(2 * LENGTH);
    assertEquals(
        new FailureInterval(PhaseResult.LOST, 2 * LENGTH, 4 * LENGTH, 3), meter.intervals().get(1));
  }

  @Test
  void failuresInFrontOfThePhaseHaveIntervalsToo() {
    meter.add(-1);
    assertEquals(List.of(interval(-1, 1)), meter.intervals());
  }

  @Test
  void aMeterBeginsAnewWhenItsIntervalsAreTaken() {
    for (long second = 0; second < 2L * FailureMeter.MOST_INTERVALS; second++) {
      meter.add(TimeUnit.SECONDS.toNanos(second));
    }
    List<FailureInterval> before = meter.intervals();
    assertEquals(before, meter.take());
    assertEquals(List.of(), meter.take());
    meter.add(LENGTH);
    assertEquals(List.of(interval(1, 1)), meter.take());
    assertEquals(0, meter.count());
  }

  private static FailureInterval interval(long number, long count) {
    return new FailureInterval(PhaseResult.LOST, number * LENGTH, (number + 1) * LENGTH, count);
  }
}
