package dev.fanbench.measurement.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.measurement.schedule.BurstSchedule;
import dev.fanbench.measurement.schedule.PoissonSchedule;
import dev.fanbench.measurement.workload.Phase;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/** A load that keeps its schedule achieves what was offered; every other one less. */
class AchievedRateTest {

  private static final long SECOND = 1_000_000_000;
  private static final Phase HUNDRED = Phases.echo(100, 4);

  @Test
  void aKeptScheduleIsTheOfferedRateHoweverShort() {
    for (int count : new int[] {1, 2, 3, 100}) {
      assertEquals(4, achieved(Phases.plan(Phases.echo(count, 4), 1, 1), n -> 0), 1e-9);
    }
  }

  @Test
  void theLuckOfADrawIsNotHeldAgainstTheLoad() {
    for (int seed = 0; seed < 50; seed++) {
      PhasePlan plan = new PhasePlan(HUNDRED, new PoissonSchedule(4, 100, seed), SECOND, 0, 1, 1);
      assertEquals(4, achieved(plan, n -> 0), 1e-9);
    }
  }

  @Test
  void aConstantSlipCostsOnlyItself() {
    // 25 s of schedule, everything 0.1 s late: 25.1 s.
    assertEquals(4 * 25 / 25.1, achieved(plan(), n -> SECOND / 10), 1e-9);
  }

  @Test
  void aLoadOfHalfTheSpeedAchievesHalf() {
    assertEquals(2, achieved(plan(), n -> n * SECOND / 4), 0.02);
  }

  @Test
  void catchingUpLeavesTheRateToSendDelay() {
    assertEquals(4, achieved(plan(), n -> n < 50 ? 3 * SECOND : 0), 1e-9);
  }

  @Test
  void whatIsNotSentIsNotAchieved() {
    PhaseRecorder recorder = Phases.begun(plan(), ArrivalListener.none());
    for (int n = 0; n < 50; n++) {
      recorder.sent(n, recorder.intendedAtNanos(n));
    }
    recorder.failed(50);
    recorder.complete();
    assertEquals(2, recorder.achievedPerSecond(), 1e-9);
  }

  /** A burst of 50 at 100 a second: the last of each is sent 49 ms after its intended time. */
  @Test
  void theTimeThatABurstTakesIsNotHeldAgainstTheLoad() {
    Phase bursts = Phases.fanOut(1, 100, 100).inBursts(50);
    PhasePlan plan = new PhasePlan(bursts, new BurstSchedule(100, 50), SECOND, 0, 1, 1);
    assertEquals(100 * 1 / 1.049, achieved(plan, n -> n % 50 * SECOND / 1_000), 1e-9);
  }

  /** Two blocks of 12.5 s, a minute apart; everything in the second is 0.1 s late. */
  @Test
  void aSlipInALaterBlockCostsOnlyItself() {
    PhasePlan blocks = Phases.plan(HUNDRED.inBlocks(2), 1, 1);
    PhaseRecorder recorder = Phases.begun(blocks, SECOND, ArrivalListener.none());
    for (int n = 0; n < 50; n++) {
      recorder.sent(n, recorder.intendedAtNanos(n));
    }
    recorder.beginBlock(60 * SECOND);
    for (int n = 50; n < 100; n++) {
      recorder.sent(n, recorder.intendedAtNanos(n) + SECOND / 10);
    }
    recorder.complete();
    assertEquals(4 * 25 / 25.1, recorder.achievedPerSecond(), 1e-9);
  }

  private static PhasePlan plan() {
    return Phases.plan(HUNDRED, 1, 1);
  }

  private static double achieved(PhasePlan plan, IntToLongFunction slipNanos) {
    PhaseRecorder recorder = Phases.begun(plan, ArrivalListener.none());
    for (int n = 0; n < plan.phase().count(); n++) {
      recorder.sent(n, recorder.intendedAtNanos(n) + slipNanos.applyAsLong(n));
    }
    recorder.complete();
    return recorder.achievedPerSecond();
  }
}
