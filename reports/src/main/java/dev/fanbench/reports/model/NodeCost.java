package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import java.util.List;
import java.util.Optional;

/** The price of a delivery to another node, beside one to the node of its publisher. */
final class NodeCost {

  private NodeCost() {}

  /**
   * The finding; empty unless every compared run of the phase has deliveries of both kinds.
   *
   * @param usual the finding that the phase has without its nodes, which becomes the detail
   */
  static Optional<Finding> finding(PhaseComparison phase, Finding usual) {
    List<PairedMedian> medians = PairedMedian.of(phase, Series.OTHER_NODE, Series.SAME_NODE);
    List<PhaseComparison.Result> compared =
        phase.results().stream().filter(result -> result.entry().compared()).toList();
    if (medians.size() != compared.size() || !PairedMedian.known(medians)) {
      return Optional.empty();
    }
    DeliveryCount all =
        compared.stream()
            .map(result -> result.result().deliveryCount())
            .reduce(DeliveryCount.NONE, DeliveryCount::plus);
    String missing =
        all.missing() == 0
            ? "no delivery was missing"
            : "%s of %s deliveries were missing"
                .formatted(UnitFormat.count(all.missing()), UnitFormat.count(all.expected()));
    return Optional.of(
        new Finding(
            "Across nodes %s, and half of those to another node came within %s."
                .formatted(missing, PairedMedian.text(medians, "to the publisher's own")),
            usual.sentence(),
            usual.certainty()));
  }
}
