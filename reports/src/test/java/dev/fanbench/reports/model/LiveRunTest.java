package dev.fanbench.reports.model;

import static dev.fanbench.reports.model.Standings.FANOUT;
import static dev.fanbench.reports.model.Standings.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileTable;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.ManualNanoClock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveRunTest {

  private final ManualNanoClock clock = new ManualNanoClock();
  private final LiveRun run = new LiveRun(clock);

  @Test
  void tellsWhatIsComingBeforeAnythingIsMeasured() {
    assertEquals("Starting", run.view().title());
    run.starting("netty", 90);
    assertEquals("netty: starting", run.view().title());
    run.begins("netty", FANOUT, 85);
    assertEquals("netty: fanout-10", run.view().title());
    assertTrue(run.view().progress().isEmpty());
  }

  @Test
  void timeLeftRunsDownAndNeverBelowNothing() {
    run.begins("netty", FANOUT, 85);
    clock.moveTo(5_000 * MILLI);
    assertEquals(80, run.view().secondsLeft());
    clock.moveTo(100_000 * MILLI);
    assertEquals(0, run.view().secondsLeft());
  }

  @Test
  void percentilesAreOfTheLastTenSeconds() {
    run.begins("netty", FANOUT, 85);
    run.ticked("netty", Standings.second(40, 40, 0, 40, 500 * MILLI));
    for (int second = 0; second < 10; second++) {
      run.ticked("netty", Standings.second(80, 80, 0, 40, MILLI));
    }
    PercentileTable last = run.view().recent().get(Series.LAST_DELIVERY);
    assertEquals(400, last.samples());
    assertEquals("1 ms", last.at(Percentile.P50).text());
    assertEquals("1 ms", last.at(Percentile.MAX).text(), "the slow second is over ten seconds old");
  }

  @Test
  void deliveriesOfOnePublicationAreOneSample() {
    run.begins("netty", FANOUT, 85);
    run.ticked("netty", Standings.second(40, 40, 0, 40, MILLI));
    PercentileTable each = run.view().recent().get(Series.RESPONSE);
    assertEquals(400, each.samples());
    assertEquals("too few samples (40 of 51)", each.at(Percentile.P90).text());
  }

  @Test
  void theRateIsWhatWasSentOfWhatWasDue() {
    run.begins("netty", FANOUT, 85);
    run.ticked("netty", Standings.second(40, 39, 0, 39, MILLI));
    assertTrue(run.view().onTime(), "the last one may be on its way");
    run.ticked("netty", Standings.second(80, 60, 0, 21, MILLI));
    assertEquals(30, run.view().achievedPerSecond());
    assertFalse(run.view().onTime());
  }

  @Test
  void whatMeasuredPhasesLostIsAddedUp() {
    Phase warmUp = new Phase("warm-up", PhaseKind.FANOUT, 10, 1, 400, 40, true);
    run.begins("netty", FANOUT, 85);
    run.ticked("netty", Standings.second(40, 40, 2, 40, MILLI));
    run.ticked("netty", Standings.second(80, 80, 3, 40, MILLI));
    run.begins("netty", warmUp, 50);
    assertEquals(3, run.view().missingBefore());
    var lossy = Standings.second(40, 40, 5, 40, MILLI);
    run.ticked(
        "netty",
        new PhaseProgress(warmUp, lossy.atNanos(), 40, lossy.deliveryCount(), lossy.gained()));
    run.begins("netty", FANOUT.named("fanout-11"), 20);
    assertEquals(3, run.view().missingBefore(), "a warm-up is thrown away");
  }

  /** Each block begins anew, and has all counts of its phase. */
  @Test
  void whatAPhaseLostIsAddedOnceHoweverManyBlocksItHas() {
    for (int block = 1; block <= 3; block++) {
      run.begins("netty", FANOUT, 85);
      run.ticked("netty", Standings.second(40 * block, 40L * block, 2, 40, MILLI));
      run.begins("emulator", FANOUT, 80);
      run.ticked("emulator", Standings.second(40 * block, 40L * block, 0, 40, MILLI));
    }
    assertEquals(2, run.view().missingBefore());
  }

  /** The interval of a target between its blocks is empty, and not that of the one shown. */
  @Test
  void aTargetThatWaitsForItsTurnIsNotShown() {
    run.begins("emulator", FANOUT, 80);
    run.ticked("emulator", Standings.second(40, 40, 0, 40, MILLI));
    run.ticked("netty", Standings.second(400, 400, 9, 40, MILLI));
    assertEquals(40, run.view().progress().orElseThrow().deliveryCount().sent());
    assertEquals(9, run.view().missingBefore());
  }

  @Test
  void theSecondsOfTheLastMinutesAreKept() {
    run.begins("netty", FANOUT, 500);
    for (int second = 1; second <= 200; second++) {
      clock.moveTo(second * 1_000L * MILLI);
      run.ticked("netty", Standings.second(40 * second, 40L * second, 0, 600, second * MILLI));
    }
    List<LiveSecond> seconds = run.view().seconds();
    assertEquals(LiveRun.CURVE_SECONDS, seconds.size());
    LiveSecond last = seconds.get(seconds.size() - 1);
    assertEquals(200, last.second());
    assertEquals("netty: fanout-10", last.phase());
    assertEquals(200, last.p50Millis(), 0.2);
    assertEquals(200, last.p99Millis(), 0.2);
    assertEquals(6_000, last.deliveriesPerSecond());
  }

  @Test
  void theEndIsTold() {
    run.ended(new LiveView.Ending(List.of("netty: VALID"), Optional.empty()));
    assertEquals("The run has ended", run.view().title());
  }
}
