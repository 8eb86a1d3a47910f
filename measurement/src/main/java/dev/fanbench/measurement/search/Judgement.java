package dev.fanbench.measurement.search;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.SloVerdict.Decision;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.run.Validity;
import java.util.Optional;

/**
 * Judges a run for the load that it was offered.
 *
 * @param outcome whether it was sustained
 * @param observed one clause: the threshold that was missed or is undecided, the reason why the run
 *     is invalid, or the result
 * @param cores number of cores that the target kept busy; empty when unknown
 */
public record Judgement(SearchOutcome outcome, String observed, Optional<Double> cores) {

  /**
   * Judges a run by its own verdicts: validity first, then missed thresholds, then faults, then a
   * backlog that grows, then undecided thresholds. A fault is one whatever the thresholds say, as a
   * load is not sustained by losing some of it. A target that died did not sustain its load, and
   * neither did one that {@linkplain #answeredAnyway pushed it back}, however little the run can be
   * trusted otherwise.
   */
  public static Judgement of(RecordedRun recorded) {
    Validity validity = recorded.run().validity();
    Optional<Double> cores = cores(recorded);
    if (validity.verdict() == Validity.Verdict.FAILED) {
      return new Judgement(SearchOutcome.MISSED, validity.reasons().get(0), cores);
    }
    if (validity.verdict() == Validity.Verdict.INVALID) {
      return answeredAnyway(recorded.run())
          .map(answer -> new Judgement(SearchOutcome.MISSED, answer, cores))
          .orElse(new Judgement(SearchOutcome.INVALID, validity.reasons().get(0), cores));
    }
    Optional<String> missed = gate(recorded.run(), Decision.MISSED);
    if (missed.isPresent()) {
      return new Judgement(SearchOutcome.MISSED, missed.get(), cores);
    }
    DeliveryCount all = counts(recorded.run());
    if (all.faults() > 0) {
      return new Judgement(SearchOutcome.MISSED, all.faultsText(), cores);
    }
    Optional<String> backlog =
        recorded.measured().stream().flatMap(phase -> BacklogGrowth.in(phase).stream()).findFirst();
    if (backlog.isPresent()) {
      return new Judgement(SearchOutcome.MISSED, backlog.get(), cores);
    }
    return gate(recorded.run(), Decision.UNDECIDED)
        .map(undecided -> new Judgement(SearchOutcome.UNDECIDED, undecided, cores))
        .orElseGet(
            () ->
                new Judgement(
                    SearchOutcome.SUSTAINED,
                    gate(recorded.run(), Decision.HELD).orElse("nothing was asked"),
                    cores));
  }

  /**
   * The target's answer in a run that is INVALID by the load's own lateness. Publications that the
   * target did not take are one. So is a threshold that is missed even by the lower end of its
   * figure, which lateness cannot raise. Deliveries that are missing may have waited for the load,
   * and connections may have been ended because of that: such a run has no answer.
   */
  private static Optional<String> answeredAnyway(Run run) {
    DeliveryCount all = counts(run);
    boolean sure = all.balance() && all.anomalies() + all.missing() + all.lostConnections() == 0;
    if (!sure) {
      return Optional.empty();
    }
    if (all.failed() > 0) {
      return Optional.of(
          "the target did not take " + UnitFormat.count(all.failed()) + " publications");
    }
    return gate(run, Decision.MISSED);
  }

  /** The first threshold that gates and was decided so, with the value seen. */
  private static Optional<String> gate(Run run, Decision decision) {
    return run.slos().stream()
        .filter(slo -> slo.gate() && slo.decision() == decision)
        .findFirst()
        .map(slo -> slo.expression() + ": " + slo.observed());
  }

  private static DeliveryCount counts(Run run) {
    return run.measured().stream()
        .map(PhaseResult::deliveryCount)
        .reduce(DeliveryCount.NONE, DeliveryCount::plus);
  }

  private static Optional<Double> cores(RecordedRun recorded) {
    return recorded.run().measured().stream()
        .map(PhaseResult::target)
        .filter(usage -> usage != null && usage.wallNanos() > 0)
        .map(Judgement::cores)
        .max(Double::compare);
  }

  private static double cores(Usage usage) {
    return (double) usage.cpuNanos() / usage.wallNanos();
  }
}
