package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.Outage;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/**
 * Compares what two sides got wrong, before any time is compared: a side that loses messages or
 * dies can look fast. Each run counts once for each kind of fault, by Fisher's exact test.
 */
final class Correctness {
  /**
   * The probability of so unequal counts by chance, up to which a side is called worse: three of
   * three runs against none of three are 1 in 20.
   */
  private static final double CHANCE = 0.0501;

  /** The kinds of faults, the worst first. */
  private static final List<Fault> FAULTS =
      List.of(
          new Fault("the target died or the run was cut short", Correctness::failures),
          new Fault("deliveries were missing", counted(DeliveryCount::missing)),
          new Fault("publications could not be sent", counted(DeliveryCount::failed)),
          new Fault("deliveries came twice", counted(DeliveryCount::duplicates)),
          new Fault("connections were lost", counted(DeliveryCount::lostConnections)));

  /** A kind of fault of a target, counted in a run. */
  private record Fault(String words, ToLongFunction<RecordedRun> count) {
    long runs(ComparedSide side) {
      return side.runs().stream().filter(run -> count.applyAsLong(run) > 0).count();
    }

    String sentence(ComparedSide base, ComparedSide now) {
      return "%s in %d of %d runs of %s and %d of %d of %s"
          .formatted(
              words,
              runs(base),
              base.runs().size(),
              base.name(),
              runs(now),
              now.runs().size(),
              now.name());
    }
  }

  private Correctness() {}

  /**
   * The verdict of the faults alone; empty when both sides have as few, or the difference may be
   * chance.
   *
   * @param base all runs of the first side, those that failed included
   * @param now all runs of the second side, those that failed included
   */
  static Optional<Change> judge(Metric metric, ComparedSide base, ComparedSide now) {
    return first(metric, Verdict.LESS_CORRECT, base, now)
        .or(() -> first(metric, Verdict.MORE_CORRECT, now, base));
  }

  /** A fault that the new side has in more runs, though too few of them to exclude chance. */
  static Optional<String> doubt(ComparedSide base, ComparedSide now) {
    return FAULTS.stream()
        .filter(fault -> fault.runs(now) > fault.runs(base))
        .map(fault -> fault.sentence(base, now))
        .findFirst();
  }

  private static Optional<Change> first(
      Metric metric, Verdict verdict, ComparedSide fewer, ComparedSide more) {
    return FAULTS.stream()
        .filter(fault -> byChance(fault.runs(fewer), fewer, fault.runs(more), more) <= CHANCE)
        .map(fault -> Change.unjudged(metric, verdict, fault.sentence(fewer, more)))
        .findFirst();
  }

  /** The probability that so many of the faulty runs, or more, are on the second side by chance. */
  private static double byChance(long few, ComparedSide fewer, long many, ComparedSide more) {
    if (many == 0 || fewer.runs().isEmpty()) {
      return 1;
    }
    int all = fewer.runs().size() + more.runs().size();
    return HypergeometricDistribution.of(all, (int) (few + many), more.runs().size())
        .survivalProbability((int) many - 1);
  }

  private static ToLongFunction<RecordedRun> counted(ToLongFunction<DeliveryCount> column) {
    return run ->
        run.measured().stream()
            .filter(phase -> phase.phase().outage() == Outage.NONE)
            .mapToLong(phase -> column.applyAsLong(phase.result().deliveryCount()))
            .sum();
  }

  private static long failures(RecordedRun run) {
    return run.run().validity().verdict() == Validity.Verdict.FAILED ? 1 : 0;
  }
}
