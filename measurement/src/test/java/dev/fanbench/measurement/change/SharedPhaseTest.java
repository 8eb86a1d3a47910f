package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Sides that planned the same phases, of which some run did not measure each. */
class SharedPhaseTest {
  private static final Phase ECHO = Phases.echo(200, 10);
  private static final Phase FANOUT = Phases.fanOut(4, 200, 10);

  @Test
  void thePhaseThatDecidesIsOneThatBothSidesMeasured() {
    TargetChange all = compare(side("base", 0, ECHO, FANOUT), side("new", 1, ECHO, FANOUT));
    assertEquals("p50.lastDelivery@fanout-4", all.decides().metric().expression());
    assertDecidedByEcho(compare(side("base", 0, ECHO, FANOUT), side("new", 1, ECHO)));
    assertDecidedByEcho(compare(side("base", 0, ECHO), side("new", 1, ECHO, FANOUT)));
    assertDecidedByEcho(compare(side("base", 0, ECHO), side("new", 1, ECHO)));
  }

  private static void assertDecidedByEcho(TargetChange change) {
    assertEquals("p50.response@echo", change.decides().metric().expression());
    assertTrue(change.decides().verdict().hasRatio(), change::toString);
    assertEquals(
        List.of("p90.response@echo", "p99.response@echo", "cpu@echo"),
        change.others().stream().map(each -> each.metric().expression()).toList());
    assertEquals(List.of(ECHO), change.curves().stream().map(PhaseCurve::phase).toList());
  }

  /** Forty of a hundred samples came, so the curve ends in front of the p40. */
  @Test
  void aPhaseThatLostMostOfItsSamplesHasACurve() {
    TargetChange change = compare(lossy("base", 0), lossy("new", 1));
    assertEquals(1, change.curves().size());
    assertEquals(5, change.curves().get(0).base().points().size());
    assertEquals(5, change.curves().get(0).now().points().size());
  }

  private static ComparedSide lossy(String name, int firstMinute) {
    List<RecordedRun> runs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      runs.add(draft(ECHO, firstMinute + 2 * i, 40).undelivered(Series.RESPONSE, 60).run());
    }
    return new ComparedSide(name, runs);
  }

  private static TargetChange compare(ComparedSide base, ComparedSide now) {
    return RunComparison.between(base, now, Optional.empty(), 1).targets().get(0);
  }

  /** Three runs that measured these phases. */
  private static ComparedSide side(String name, int firstMinute, Phase... phases) {
    List<RecordedRun> runs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<RecordedPhase> measured = new ArrayList<>();
      for (Phase phase : phases) {
        measured.addAll(draft(phase, firstMinute + 2 * i, 200).run().phases());
      }
      RecordedRun run = draft(ECHO, firstMinute + 2 * i, 200).run();
      runs.add(new RecordedRun(run.directory(), run.run(), measured));
    }
    return new ComparedSide(name, runs);
  }

  private static RunDraft draft(Phase phase, int minute, int arrivals) {
    return new RunDraft(phase)
        .times(LongStream.rangeClosed(1_001, 1_000 + arrivals).toArray())
        .cpu(7_000)
        .workload(Phases.workload(ECHO, FANOUT))
        .minute(minute);
  }
}
