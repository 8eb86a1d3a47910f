package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.workload.Phase;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * How often a comparison errs, on times to last delivery of the published runs: five runs a side,
 * and runs that differ by 2 % as a whole. Everything is drawn from seeds, so that every run of this
 * test counts the same.
 */
class ErrorRatesTest {

  private static final int COMPARISONS = 200;
  private static final int RUNS = 5;
  private static final double RUN_SPREAD = 0.02;
  private static final Phase HUNDRED = Phases.fanOut(100, 500, 40);
  private static final Phase THOUSAND = Phases.fanOut(1_000, 100, 4);

  @Test
  void theSameThingTwiceIsCalledAChangeAtMostTwiceInAHundredTimes() {
    int called = count(verdict -> verdict == Verdict.SLOWER || verdict == Verdict.FASTER, 1);
    assertTrue(called <= 0.02 * COMPARISONS, called + " false verdicts");
  }

  @Test
  void aTenthSlowerIsFoundNineTimesInTen() {
    int found = count(verdict -> verdict == Verdict.SLOWER, 1.1);
    assertTrue(found >= 0.9 * COMPARISONS, found + " found");
  }

  @Test
  void aTenthFasterIsFoundNineTimesInTen() {
    int found = count(verdict -> verdict == Verdict.FASTER, 1 / 1.1);
    assertTrue(found >= 0.9 * COMPARISONS, found + " found");
  }

  private static int count(Predicate<Verdict> which, double slowdown) {
    int counted = 0;
    for (int i = 0; i < COMPARISONS; i++) {
      Change change =
          i % 2 == 0
              ? compare("netty-fanout-100.txt", HUNDRED, slowdown, i)
              : compare("serverless-fanout-1000.txt", THOUSAND, slowdown, i);
      counted += which.test(change.verdict()) ? 1 : 0;
    }
    return counted;
  }

  private static Change compare(String resource, Phase phase, double slowdown, int seed) {
    RunsFromRecorded runs = new RunsFromRecorded(resource, phase, RUN_SPREAD, seed);
    ComparedSide base = runs.side("base", RUNS, 1);
    ComparedSide now = runs.side("new", RUNS, slowdown);
    return new Judge(base, now, seed, ChangeRule.USUAL).judge(Metric.headline(phase));
  }
}
