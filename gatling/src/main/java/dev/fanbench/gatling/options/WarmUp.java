package dev.fanbench.gatling.options;

import dev.fanbench.measurement.workload.BackgroundLoad;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseBuilder;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Warm-up phases: every kind of arrival that will be measured, for a share of the time. */
final class WarmUp {

  /** Fan-out takes most: it runs the longest code path on both sides. */
  private static final Map<PhaseKind, Double> WEIGHTS =
      Map.of(
          PhaseKind.IDLE,
          1.0,
          PhaseKind.CONNECT,
          3.0,
          PhaseKind.ECHO,
          2.0,
          PhaseKind.CHAT,
          4.0,
          PhaseKind.FANOUT,
          6.0);

  private static final int MOST_SILENT = 100;

  private WarmUp() {}

  /** Phases of about {@code seconds} altogether; none for 0. */
  static List<Phase> of(List<Phase> measured, double seconds) {
    List<Phase> models = models(measured);
    double weights = models.stream().mapToDouble(p -> WEIGHTS.get(p.kind())).sum();
    List<Phase> phases = new ArrayList<>();
    for (Phase model : models) {
      double share = seconds * WEIGHTS.get(model.kind()) / weights;
      int count = (int) Math.round(share * model.ratePerSecond());
      if (count > 0) {
        phases.add(
            BlockPlan.cutWarmUp(
                PhaseBuilder.builder(model)
                    .name("warm-up-" + calm(model))
                    .subscribers(subscribers(model))
                    .count(count)
                    .warmUp(true)
                    .background(BackgroundLoad.NONE)
                    .outage(Outage.NONE)
                    .blocks(1)
                    .build()));
      }
    }
    return phases;
  }

  /** Silence needs few members to warm up, and memory that they leave behind would hide others'. */
  private static int subscribers(Phase model) {
    return model.kind() == PhaseKind.IDLE
        ? Math.min(MOST_SILENT, model.subscribers())
        : model.subscribers();
  }

  /** The phase's name without what happens in it, as nothing does while it warms up. */
  private static String calm(Phase model) {
    String happens = model.background().suffix() + model.outage().suffix();
    return model.name().replace(happens, "");
  }

  /** One phase of each kind; of the fan-outs, the one with the most deliveries, and then bytes. */
  private static List<Phase> models(List<Phase> measured) {
    List<Phase> models = new ArrayList<>();
    for (PhaseKind kind : PhaseKind.values()) {
      measured.stream()
          .filter(p -> p.kind() == kind)
          .max(
              Comparator.comparingDouble((Phase p) -> p.fanOut() * p.ratePerSecond())
                  .thenComparingDouble(Phase::ratePerSecond)
                  .thenComparingInt(Phase::payloadBytes))
          .ifPresent(models::add);
    }
    return models;
  }
}
