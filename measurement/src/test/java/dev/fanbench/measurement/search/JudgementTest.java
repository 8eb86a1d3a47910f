package dev.fanbench.measurement.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.DeliveryCountBuilder;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.RunDirectory;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.SloVerdict.Decision;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.Phase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgementTest {
  private static final Phase PHASE = Phases.fanOut(10, 1_000, 100);
  private static final Validity INVALID =
      new Validity(Validity.Verdict.INVALID, List.of("the load fell behind"), List.of());
  private static final Validity VALID = new Validity(Validity.Verdict.VALID, List.of(), List.of());
  private static final DeliveryCount CLEAN =
      DeliveryCountBuilder.builder().sent(1_000).expected(10_000).delivered(10_000).build();
  private static final String THRESHOLD = "p90.lastDelivery<250ms";

  @Test
  void aLoadThatTheTargetPushedBackIsAnAnswer() {
    DeliveryCount pushedBack =
        DeliveryCountBuilder.builder()
            .sent(700)
            .failed(300)
            .expected(7_000)
            .delivered(7_000)
            .build();
    assertJudged(
        SearchOutcome.MISSED,
        "the target did not take 300 publications",
        Judgement.of(run(INVALID, pushedBack, Decision.HELD)));
  }

  @Test
  void aThresholdMissedForCertainIsAnAnswerThoughTheLoadWasLate() {
    assertJudged(
        SearchOutcome.MISSED,
        THRESHOLD + ": 300 ms",
        Judgement.of(run(INVALID, CLEAN, Decision.MISSED)));
    assertJudged(
        SearchOutcome.INVALID,
        "the load fell behind",
        Judgement.of(run(INVALID, CLEAN, Decision.UNDECIDED)));
  }

  /** The interval of its figure holds the threshold: a longer run may tell. */
  @Test
  void aThresholdThatIsUndecidedIsNotMissed() {
    assertJudged(
        SearchOutcome.UNDECIDED,
        THRESHOLD + ": 300 ms",
        Judgement.of(run(VALID, CLEAN, Decision.UNDECIDED)));
    assertJudged(
        SearchOutcome.SUSTAINED,
        THRESHOLD + ": 300 ms",
        Judgement.of(run(VALID, CLEAN, Decision.HELD)));
  }

  /** A fault is certain, so that no longer run is needed. */
  @Test
  void aFaultDecidesBesideAThresholdThatIsUndecided() {
    DeliveryCount missing =
        DeliveryCountBuilder.builder()
            .sent(1_000)
            .expected(10_000)
            .delivered(9_999)
            .missing(1)
            .build();
    assertJudged(
        SearchOutcome.MISSED,
        missing.faultsText(),
        Judgement.of(run(VALID, missing, Decision.UNDECIDED)));
  }

  /** A load that does not read in time leaves deliveries behind, or is disconnected. */
  @Test
  void whatALateLoadMayHaveCausedIsNoAnswer() {
    DeliveryCount missing =
        DeliveryCountBuilder.builder()
            .sent(1_000)
            .expected(10_000)
            .delivered(9_000)
            .missing(1_000)
            .build();
    DeliveryCount lost =
        DeliveryCountBuilder.builder()
            .sent(700)
            .failed(300)
            .expected(7_000)
            .delivered(7_000)
            .lostConnections(1)
            .build();
    for (DeliveryCount count : List.of(missing, lost)) {
      assertJudged(
          SearchOutcome.INVALID,
          "the load fell behind",
          Judgement.of(run(INVALID, count, Decision.MISSED)));
    }
  }

  /** {@code slo=p90.lastDelivery<50ms} asks nothing of the deliveries that never came. */
  @Test
  void aLoadWithFaultsIsNotSustainedWhateverTheThresholdsSay() {
    DeliveryCount missing =
        DeliveryCountBuilder.builder()
            .sent(1_000)
            .expected(10_000)
            .delivered(9_999)
            .missing(1)
            .build();
    DeliveryCount twice =
        DeliveryCountBuilder.builder()
            .sent(1_000)
            .expected(10_000)
            .delivered(10_000)
            .duplicates(2)
            .build();
    for (DeliveryCount count : List.of(missing, twice)) {
      assertJudged(
          SearchOutcome.MISSED, count.faultsText(), Judgement.of(run(VALID, count, Decision.HELD)));
    }
  }

  private static void assertJudged(SearchOutcome outcome, String observed, Judgement judgement) {
    assertEquals(outcome, judgement.outcome());
    assertEquals(observed, judgement.observed());
  }

  private static RecordedRun run(Validity validity, DeliveryCount count, Decision decision) {
    PhaseResult result =
        new PhaseResult(PHASE, 0, 1, PHASE.ratePerSecond(), count, Map.of(), null, null);
    SloVerdict slo =
        new SloVerdict(
            THRESHOLD, PHASE.name(), true, decision == Decision.HELD, "300 ms", decision);
    Run run =
        new Run(
            Run.SCHEMA_VERSION,
            "id",
            "2026-11-20T21:30:00Z",
            "2026-11-20T21:31:00Z",
            "0.1.0",
            "abcdef",
            Phases.target("netty"),
            Phases.workload(PHASE),
            Map.of(),
            List.of(result),
            validity,
            List.of(slo),
            "");
    return new RecordedRun(
        new RunDirectory(Path.of("id")),
        run,
        List.of(new RecordedPhase(result, Map.of(), List.of())));
  }
}
