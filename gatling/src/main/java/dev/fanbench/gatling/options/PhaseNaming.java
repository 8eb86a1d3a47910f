package dev.fanbench.gatling.options;

import dev.fanbench.measurement.workload.Phase;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives each phase of a workload a name of its own. */
final class PhaseNaming {
  private PhaseNaming() {}

  /** Phases of one name are a ramp of rates, and told apart by the rate: {@code fanout-5-at-8}. */
  static List<Phase> ofRamps(List<Phase> phases) {
    Map<String, Long> sharing =
        phases.stream().collect(Collectors.groupingBy(Phase::name, Collectors.counting()));
    return phases.stream()
        .map(
            phase ->
                sharing.get(phase.name()) == 1
                    ? phase
                    : phase.named(phase.name() + "-at-" + plain(phase.ratePerSecond())))
        .toList();
  }

  /** As a name may have it: {@code 8}, {@code 0-5}. */
  private static String plain(double rate) {
    return BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString().replace('.', '-');
  }

  /**
   * Checks names.
   *
   * @throws BadOption when two phases are alike
   */
  static void requireDistinct(List<Phase> phases) {
    Set<String> names = new HashSet<>();
    for (Phase phase : phases) {
      if (!names.add(phase.name())) {
        throw new BadOption(
            "Two phases would be "
                + phase.name()
                + "; give each size and rate once, or ask for parts in the workload file.");
      }
    }
  }
}
