package dev.fanbench.measurement.verdict;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A threshold on a count of deliveries, over all measured phases or in one.
 *
 * @param expression as asked
 * @param subject which count
 * @param bound how it compares
 * @param limit with what
 * @param phase where, empty for the whole run
 * @param gate whether missing it fails the run
 */
record CountSlo(
    String expression,
    Subject subject,
    Bound bound,
    long limit,
    Optional<String> phase,
    boolean gate)
    implements Slo {

  /** The quantity that is counted. */
  enum Subject {
    MISSING("missing"),
    DUPLICATES("duplicates"),
    OUT_OF_ORDER("outOfOrder"),
    LATE("late"),
    UNEXPECTED("unexpected"),
    LOST_CONNECTIONS("lostConnections"),
    FAILED("failed"),
    CUT("cut"),
    REFUSED("refused"),
    /** All of the target's faults together. */
    FAULTS("faults");

    private final String label;

    Subject(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    static String labels() {
      return Arrays.stream(values()).map(Subject::label).collect(Collectors.joining(", "));
    }

    long of(DeliveryCount deliveryCount) {
      return switch (this) {
        case MISSING -> deliveryCount.missing();
        case DUPLICATES -> deliveryCount.duplicates();
        case OUT_OF_ORDER -> deliveryCount.outOfOrder();
        case LATE -> deliveryCount.late();
        case UNEXPECTED -> deliveryCount.unexpected();
        case LOST_CONNECTIONS -> deliveryCount.lostConnections();
        case FAILED -> deliveryCount.failed();
        case CUT -> deliveryCount.cut();
        case REFUSED -> deliveryCount.refused();
        case FAULTS -> deliveryCount.faults();
      };
    }
  }

  @Override
  public boolean isCount() {
    return true;
  }

  @Override
  public boolean failsOnEachFault() {
    return gate && subject == Subject.FAULTS && !bound.holds(1, limit);
  }

  @Override
  public Slo asQuestion() {
    return new CountSlo(expression, subject, bound, limit, phase, false);
  }

  @Override
  public OptionalLong limitNanos(Phase in, Series series) {
    return OptionalLong.empty();
  }

  @Override
  public long samplesNeeded() {
    return 1;
  }

  @Override
  public List<SloVerdict> check(RecordedRun run) {
    List<RecordedPhase> phases = Scope.phases(run, phase);
    if (phases.isEmpty()) {
      return List.of(Scope.unmeasured(this, phase));
    }
    DeliveryCount all =
        phases.stream()
            .map(p -> p.result().deliveryCount())
            .reduce(DeliveryCount.NONE, DeliveryCount::plus);
    long observed = subject.of(all);
    return List.of(
        new SloVerdict(
            expression,
            phase.orElse("run"),
            gate,
            bound.holds(observed, limit),
            subject == Subject.FAULTS ? all.faultsText() : UnitFormat.count(observed)));
  }

  /**
   * The verdict on a run that goes on, when it can only be a miss.
   *
   * @param phases measured so far, the running one last
   */
  Optional<SloVerdict> lost(List<PhaseTotal> phases) {
    DeliveryCount all =
        phases.stream()
            .filter(each -> phase.map(each.phase().name()::equals).orElse(true))
            .map(PhaseTotal::deliveryCount)
            .reduce(DeliveryCount.NONE, DeliveryCount::plus);
    long observed = subject.of(all);
    if (!bound.isLost(observed, limit)) {
      return Optional.empty();
    }
    String text = subject == Subject.FAULTS ? all.faultsText() : UnitFormat.count(observed);
    return Optional.of(new SloVerdict(expression, phase.orElse("run"), gate, false, text));
  }

  @Override
  public boolean speaksOf(Workload workload) {
    return Scope.hasPhase(workload, phase);
  }

  @Override
  public void requireAnswerableBy(Workload workload) {
    Scope.requirePhase(this, workload, phase);
  }
}
