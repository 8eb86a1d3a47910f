package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.target.TargetKind;
import java.util.List;
import java.util.Optional;

/**
 * One run as it stands in a report.
 *
 * @param slot position among the runs that are no floor, from 0: gives colour, dash and marker;
 *     negative for a floor
 * @param name unique in the report: the target's label, numbered when two runs share it
 * @param run what was recorded
 */
public record ReportedRun(int slot, String name, Run run) {

  /** The {@link dev.fanbench.measurement.run.TargetDescription#kind()} of a floor. */
  public static final String FLOOR = "floor";

  /**
   * Prefix of a latency model in {@link dev.fanbench.measurement.run.TargetDescription#modelled()}.
   */
  private static final String LATENCIES = "latencies: ";

  /** True for a floor: drawn thin as a reference, never compared. */
  public boolean reference() {
    return slot < 0;
  }

  /** True when the run may be believed. */
  public boolean valid() {
    return run.validity().verdict() == Verdict.VALID;
  }

  /**
   * True for a floor that is INVALID: figures beside it have no ratio to it, and nothing fails. A
   * floor that is FAILED ends the experiment like any target.
   */
  public boolean unusableFloor() {
    return reference() && run.validity().verdict() == Verdict.INVALID;
  }

  /** True when the run enters findings and ratios. */
  public boolean compared() {
    return valid() && !reference();
  }

  /** The name for sentences: with the verdict, when that is not VALID. */
  public String nameWithVerdict() {
    return valid() ? name : name + " (" + run.validity().verdict() + ")";
  }

  /** The name for charts and tables without other labels: emulated parts are mentioned too. */
  public String nameWithLabels() {
    return nameWithVerdict() + emulation().map(label -> " · " + label).orElse("");
  }

  /** A label shown beside the run's name everywhere; empty when nothing is emulated. */
  public Optional<String> emulation() {
    if (assumedLatencies()) {
      return Optional.of("emulated, latencies assumed");
    }
    return emulated() ? Optional.of("emulated") : Optional.empty();
  }

  /** Thresholds to show: all but the question that {@link RoundTripAnswer} answers. */
  public List<SloVerdict> thresholds() {
    return run.slos().stream().filter(s -> !RoundTripAnswer.covers(s)).toList();
  }

  /** The phase of a threshold, for sentences; empty when its expression names the phase. */
  public static String where(SloVerdict slo) {
    boolean saysSo = slo.phase().equals("run") || slo.expression().endsWith("@" + slo.phase());
    return saysSo ? "" : " in " + slo.phase();
  }

  /** The design of the target, by its own description; one that a later version names is any. */
  public TargetKind design() {
    return TargetKind.of(run.target().kind()).orElse(TargetKind.SERVER);
  }

  /** True for a server that keeps rooms in memory, by its own description. */
  public boolean inMemory() {
    return design() == TargetKind.IN_MEMORY;
  }

  /** True for a phase that measured the target before it had served any client. */
  public boolean isCold(Phase phase) {
    return run.workload().isCold(phase);
  }

  /** True when parts of the target are emulated or modelled. */
  public boolean emulated() {
    return !run.target().modelled().isEmpty();
  }

  /** True when a model, and not only the software, decided how long the target took. */
  public boolean assumedLatencies() {
    return run.target().modelled().stream().anyMatch(part -> part.startsWith(LATENCIES));
  }
}
