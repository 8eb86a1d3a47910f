package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.faulty.ScriptListener;
import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileInterval;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stops the process of the load for 150 ms, in front of a target whose times are known beforehand.
 * The stop must widen intervals. It must neither make the run INVALID nor move a lower end.
 *
 * <p>Two loads run at the same time, each with a target of its own and the same script. One of them
 * is stopped. A target knows how long it really took for each publication, but not how long the
 * kernel took to wake it. So all times of the script are long beside that.
 */
@Tag("soak")
@Timeout(120)
class StoppedLoadTest {
  private static final long MILLI = 1_000_000;
  private static final int STOP_MILLIS = 150;
  private static final int COUNT = 600;
  private static final int RATE = 25;

  /** A busy machine may make one time longer than known, but not by half of the stop. */
  private static final long ROOM_NANOS = STOP_MILLIS * MILLI / 2;

  /**
   * The share of the other run's lower end at which a lower end stays at least. A machine that is
   * busy may lower the end of either.
   */
  private static final double LEAST = 0.97;

  private static final String WORKLOAD =
      """
      warmUp = 2s, drain = 2s, payloadBytes = 64, arrivals = constant, seed = 1
      fanout = [ { subscribers = 3, count = %d, rate = %d } ]
      slo = ["faults==0"]
      """;

  private static final List<Duration> TIMES = times();
  private static final List<Percentile> RANKS =
      List.of(Percentile.P50, Percentile.P90, Percentile.P99);

  @TempDir Path directory;

  @Test
  void aStopOfTheLoadWidensIntervalsAndMovesNoLowerEnd() throws Exception {
    Script quietScript = new Script(COUNT);
    Script stoppedScript = new Script(COUNT);
    try (FaultyTarget one = FaultyTarget.start(new Fault.Scripted(TIMES, quietScript));
        FaultyTarget other = FaultyTarget.start(new Fault.Scripted(TIMES, stoppedScript));
        ForkedLoad quiet = load("quiet", one, COUNT, RATE);
        ForkedLoad stopped = load("stopped", other, COUNT, RATE)) {
      assertTrue(stoppedScript.halfWay.await(60, TimeUnit.SECONDS), stopped::said);
      stopped.stopFor(STOP_MILLIS);

      RecordedPhase without = phase(quiet);
      RecordedPhase with = phase(stopped);
      long hiccup = with.series(Series.HICCUP).orElseThrow().histogram().getMaxValue();
      assertTrue(hiccup >= (STOP_MILLIS - 2) * MILLI, "the stop took " + hiccup + " ns");
      List<Double> ends = lowerEnds(without, quietScript.known(without));
      List<Double> endsWith = lowerEnds(with, stoppedScript.known(with));
      for (int i = 0; i < ends.size(); i++) {
        if (value(with, RANKS.get(i)) instanceof PercentileValue.Time) {
          assertTrue(endsWith.get(i) >= LEAST * ends.get(i), ends + " and stopped " + endsWith);
        }
      }
      PercentileInterval longest = interval(with, Percentile.MAX);
      assertTrue(longest.highNanos() >= STOP_MILLIS * MILLI, longest::toString);
    }
  }

  /** A delivery waits in the kernel meanwhile, and no arrival is late to tell of the stop. */
  @Test
  void aStopBetweenTwoArrivalsMovesNoLowerEndEither() throws Exception {
    int count = 8;
    Script script = new Script(count);
    try (FaultyTarget target =
            FaultyTarget.start(new Fault.Scripted(List.of(Duration.ofMillis(40)), script));
        ForkedLoad stopped = load("slow", target, count, 2)) {
      assertTrue(script.halfWay.await(60, TimeUnit.SECONDS), stopped::said);
      stopped.stopFor(STOP_MILLIS);

      RecordedPhase phase = phase(stopped);
      long[] known = script.known(phase);
      PercentileInterval longest = interval(phase, Percentile.MAX);
      assertTrue(longest.highNanos() >= STOP_MILLIS * MILLI, longest::toString);
      assertTrue(longest.lowNanos() <= known[count - 1] + ROOM_NANOS, longest::toString);
    }
  }

  private ForkedLoad load(String name, FaultyTarget target, int count, int rate) throws Exception {
    Path own = Files.createDirectories(directory.resolve(name));
    return ForkedLoad.start(own, target.url(), WORKLOAD.formatted(count, rate), "pin=off");
  }

  private static RecordedPhase phase(ForkedLoad load) throws Exception {
    assertEquals(0, load.exitCode(), load::said);
    RecordedRun run = load.run();
    assertEquals(List.of(), run.run().validity().reasons());
    return run.phase("fanout-3");
  }

  /**
   * The lower end of each percentile, as a share of the known one. Each interval holds the known
   * percentile, whether or not there are samples enough to quote the figure.
   */
  private static List<Double> lowerEnds(RecordedPhase phase, long[] known) {
    List<Double> ends = new ArrayList<>();
    for (Percentile rank : RANKS) {
      long nanos = known[(int) rank.position(known.length) - 1];
      PercentileInterval interval = interval(phase, rank);
      assertTrue(
          interval.lowNanos() <= nanos && nanos <= interval.highNanos(),
          () -> rank.label() + " " + nanos + " ns is not in " + interval);
      ends.add((double) interval.lowNanos() / nanos);
    }
    PercentileInterval longest = interval(phase, Percentile.MAX);
    assertTrue(longest.lowNanos() <= known[known.length - 1] + ROOM_NANOS, longest::toString);
    return ends;
  }

  private static PercentileInterval interval(RecordedPhase phase, Percentile rank) {
    return value(phase, rank).interval();
  }

  private static PercentileValue value(RecordedPhase phase, Percentile rank) {
    return phase.series(Series.LAST_DELIVERY).orElseThrow().percentiles().at(rank);
  }

  /** 10 to 26 ms, and up to 70 ms for 3 of 100. The time between two arrivals is 40 ms. */
  private static List<Duration> times() {
    List<Duration> times = new ArrayList<>();
    for (int n = 0; n < COUNT; n++) {
      double rank = (n + 0.5) / COUNT;
      double millis = rank < 0.97 ? 10 + 16 * rank / 0.97 : 30 + 40 * (rank - 0.97) / 0.03;
      times.add(Duration.ofNanos(Math.round(millis * MILLI)));
    }
    Collections.shuffle(times, new Random(1));
    return List.copyOf(times);
  }

  /** The times that the target really took, a bit more than it should. */
  private static final class Script implements ScriptListener {
    final CountDownLatch halfWay = new CountDownLatch(1);
    private final AtomicLongArray tookNanos;

    Script(int count) {
      tookNanos = new AtomicLongArray(count);
    }

    @Override
    public void arrived(int index) {
      if (index == tookNanos.length() / 2 + 1) {
        halfWay.countDown();
      }
    }

    @Override
    public void handled(int index, long nanos) {
      tookNanos.set(index, nanos);
    }

    /**
     * The times to last delivery that a load without any delay would see, in ascending order. The
     * target handles one publication at a time.
     */
    long[] known(RecordedPhase phase) {
      long[] times = new long[tookNanos.length()];
      long freeAtNanos = Long.MIN_VALUE;
      for (Arrival arrival : phase.arrivals()) {
        long intendedAtNanos = arrival.intendedAtNanos();
        freeAtNanos = Math.max(freeAtNanos, intendedAtNanos) + tookNanos.get(arrival.n());
        times[arrival.n()] = freeAtNanos - intendedAtNanos;
      }
      Arrays.sort(times);
      return times;
    }
  }
}
