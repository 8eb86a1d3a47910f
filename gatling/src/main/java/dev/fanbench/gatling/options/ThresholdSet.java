package dev.fanbench.gatling.options;

import com.typesafe.config.Config;
import dev.fanbench.measurement.verdict.Slo;
import dev.fanbench.measurement.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/** The thresholds of a run: some fail it, the others are answered on its page. */
final class ThresholdSet {
  /** Thresholds that the page answers without failing the run. */
  static final String ASK = "ask";

  private static final Option<List<String>> QUESTIONS =
      Option.texts(ASK, OptionCatalog.SLO.allowed());

  private ThresholdSet() {}

  /**
   * Gates first, then questions. A threshold that was typed must be answerable. One of the workload
   * file is left out when the chosen simulation measures no phase that it speaks of. A question is
   * left out also when no phase is long enough for it.
   */
  static List<Slo> read(OptionValueSet values, Config typed, Workload workload) {
    boolean mustAnswer = typed.hasPath(OptionCatalog.SLO.key());
    List<Slo> slos = new ArrayList<>();
    for (Slo gate : parse(values.find(OptionCatalog.SLO).orElse(List.of()))) {
      if (mustAnswer || gate.speaksOf(workload)) {
        slos.add(requireAnswerable(gate, workload));
      }
    }
    for (Slo question : parse(values.find(QUESTIONS).orElse(List.of()))) {
      Slo asked = question.asQuestion();
      if (answerable(asked, workload)) {
        slos.add(asked);
      }
    }
    return slos;
  }

  private static List<Slo> parse(List<String> expressions) {
    try {
      return expressions.stream().map(Slo::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new BadOption(e.getMessage());
    }
  }

  private static boolean answerable(Slo slo, Workload workload) {
    try {
      slo.requireAnswerableBy(workload);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Slo requireAnswerable(Slo slo, Workload workload) {
    try {
      slo.requireAnswerableBy(workload);
      return slo;
    } catch (IllegalArgumentException e) {
      throw new BadOption(e.getMessage());
    }
  }
}
