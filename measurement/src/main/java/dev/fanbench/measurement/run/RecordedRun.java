package dev.fanbench.measurement.run;

import java.util.List;
import java.util.NoSuchElementException;

/**
 * A run directory, read: what reports, verdicts and comparisons work on.
 *
 * @param directory where it came from
 * @param run its {@code run.json}
 * @param phases in order, warm-up and spoiled attempts included
 */
public record RecordedRun(RunDirectory directory, Run run, List<RecordedPhase> phases) {

  public RecordedRun {
    phases = List.copyOf(phases);
  }

  /** The phases that are reported: warm-up and spoiled attempts left out. */
  public List<RecordedPhase> measured() {
    return phases.stream().filter(p -> p.result().counts()).toList();
  }

  /**
   * The phase of this name; of several attempts at it, the one that counts.
   *
   * @throws NoSuchElementException when the run has none
   */
  public RecordedPhase phase(String name) {
    return phases.stream()
        .filter(p -> p.phase().name().equals(name) && p.result().spoiled().isEmpty())
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no phase is named " + name));
  }
}
