package dev.fanbench.measurement.verdict;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileInterval;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RecordedSeries;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.SloVerdict.Decision;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A threshold on a percentile.
 *
 * @param expression as asked
 * @param rank which percentile
 * @param subject of which series, in which kind of phase
 * @param bound how it compares
 * @param limitNanos with what
 * @param phase where, empty for all of that kind
 * @param gate whether missing it fails the run
 */
record LatencySlo(
    String expression,
    Percentile rank,
    Subject subject,
    Bound bound,
    long limitNanos,
    Optional<String> phase,
    boolean gate)
    implements Slo {

  /** A series and the kind of phase it is looked for in, when none is named. */
  enum Subject {
    CONNECT("connect", Series.RESPONSE, PhaseKind.CONNECT),
    ECHO("echo", Series.RESPONSE, PhaseKind.ECHO),
    CHAT("chat", Series.RESPONSE, PhaseKind.CHAT),
    RESPONSE("response", Series.RESPONSE, PhaseKind.FANOUT),
    SERVICE("service", Series.SERVICE, PhaseKind.FANOUT),
    FIRST_DELIVERY("firstDelivery", Series.FIRST_DELIVERY, PhaseKind.FANOUT),
    LAST_DELIVERY("lastDelivery", Series.LAST_DELIVERY, PhaseKind.FANOUT),
    SKEW("skew", Series.SKEW, PhaseKind.FANOUT),
    RECONNECT("reconnect", Series.RECONNECT, PhaseKind.FANOUT);

    private final String label;
    private final Series series;
    private final PhaseKind kind;

    Subject(String label, Series series, PhaseKind kind) {
      this.label = label;
      this.series = series;
      this.kind = kind;
    }

    String label() {
      return label;
    }

    static String labels() {
      return Arrays.stream(values()).map(Subject::label).collect(Collectors.joining(", "));
    }

    /** Response and service time exist in every phase, if it is named; returns after an outage. */
    boolean in(Phase phase, boolean named) {
      boolean everywhere = this == RESPONSE || this == SERVICE;
      return series.takenIn(phase) && (phase.kind() == kind || (named && everywhere));
    }

    /** Independent samples that the phase will have of it. */
    int samples(Phase phase) {
      return this == RECONNECT ? phase.subscribers() : phase.count();
    }
  }

  @Override
  public boolean isCount() {
    return false;
  }

  @Override
  public boolean failsOnEachFault() {
    return false;
  }

  @Override
  public Slo asQuestion() {
    return new LatencySlo(expression, rank, subject, bound, limitNanos, phase, false);
  }

  @Override
  public OptionalLong limitNanos(Phase in, Series series) {
    boolean spoken =
        phase.map(in.name()::equals).orElse(true)
            && subject.series == series
            && subject.in(in, phase.isPresent());
    return spoken ? OptionalLong.of(limitNanos) : OptionalLong.empty();
  }

  @Override
  public long samplesNeeded() {
    return rank.samplesNeeded();
  }

  @Override
  public List<SloVerdict> check(RecordedRun run) {
    List<SloVerdict> verdicts = new ArrayList<>();
    for (RecordedPhase each : Scope.phases(run, phase)) {
      if (subject.in(each.phase(), phase.isPresent())) {
        verdicts.add(verdict(each.phase(), each.series(subject.series).orElseThrow()));
      }
    }
    return verdicts.isEmpty() ? List.of(Scope.unmeasured(this, phase)) : verdicts;
  }

  /** The series of a phase that decides it; empty for a phase of which it does not speak. */
  Optional<Series> seriesIn(Phase each) {
    boolean spoken =
        phase.map(each.name()::equals).orElse(true) && subject.in(each, phase.isPresent());
    return spoken ? Optional.of(subject.series) : Optional.empty();
  }

  /**
   * The verdict on a phase that goes on, when it can only be a miss. Then more samples are over the
   * limit than may be at the end of the phase, however much neighbours resemble each other then.
   */
  Optional<SloVerdict> lost(PhaseTotal total) {
    if (seriesIn(total.phase()).isEmpty()) {
      return Optional.empty();
    }
    long independent = subject.samples(total.phase());
    long samples = total.samplesAtTheEnd(subject.series, independent);
    long most =
        subject == Subject.RECONNECT
            ? rank.mostOver(samples, independent)
            : rank.mostOverInAnyOrder(samples, independent, total.phase().blocks());
    long over = total.over(subject.series, limitNanos);
    if (over <= most) {
      return Optional.empty();
    }
    String observed =
        "%s so far, %s samples are over the limit and %s of %s may be"
            .formatted(
                total.text(subject.series, rank),
                UnitFormat.count(over),
                UnitFormat.count(most),
                UnitFormat.count(samples));
    return Optional.of(new SloVerdict(expression, total.phase().name(), gate, false, observed));
  }

  @Override
  public boolean speaksOf(Workload workload) {
    return !candidates(workload).isEmpty();
  }

  @Override
  public void requireAnswerableBy(Workload workload) {
    Scope.requirePhase(this, workload, phase);
    List<Phase> candidates = candidates(workload);
    if (candidates.isEmpty()) {
      throw Scope.refusal(
          this, "no measured phase of workload " + workload.name() + " has " + subject.label);
    }
    Phase shortest = Collections.min(candidates, Comparator.comparingInt(subject::samples));
    Phase longest = Collections.max(candidates, Comparator.comparingInt(subject::samples));
    // A question is answered where it can be. A gate that a phase can never hold is never green.
    Phase least = gate ? shortest : longest;
    if (subject.samples(least) < rank.samplesToHold()) {
      throw Scope.refusal(this, tooFew(least) + hint(longest));
    }
  }

  private List<Phase> candidates(Workload workload) {
    return workload.phases().stream()
        .filter(p -> !p.warmUp() && phase.map(p.name()::equals).orElse(true))
        .filter(p -> subject.in(p, phase.isPresent()))
        .toList();
  }

  private String tooFew(Phase of) {
    return "%s needs %s samples, and phase %s has %s"
        .formatted(
            rank.label(),
            UnitFormat.count(rank.samplesToHold()),
            of.name(),
            UnitFormat.count(subject.samples(of)));
  }

  private String hint(Phase longest) {
    return subject.samples(longest) < rank.samplesToHold()
        ? ""
        : "; name a longer phase, as in " + expression + "@" + longest.name();
  }

  private SloVerdict verdict(Phase in, RecordedSeries series) {
    PercentileInterval range = series.range(rank);
    Decision decision =
        bound.holds(range.highNanos(), limitNanos)
            ? Decision.HELD
            : bound.holds(range.lowNanos(), limitNanos) ? Decision.UNDECIDED : Decision.MISSED;
    return new SloVerdict(
        expression,
        in.name(),
        gate,
        decision == Decision.HELD,
        observed(series, range, decision),
        decision);
  }

  /** The percentile where it can be quoted, and its range where that decides or cannot. */
  private String observed(RecordedSeries series, PercentileInterval range, Decision decision) {
    PercentileValue value = series.percentiles().at(rank);
    boolean quoted = !(value instanceof PercentileValue.TooFewSamples);
    if (decision == Decision.UNDECIDED) {
      return "undecided: " + range.text();
    }
    return quoted
        ? value.text()
        : "%s (%s independent samples)"
            .formatted(range.text(), UnitFormat.count(series.worth(rank)));
  }
}
