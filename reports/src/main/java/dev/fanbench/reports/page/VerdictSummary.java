package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.DeliveryTotal;
import dev.fanbench.reports.model.Mark;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Three short answers under the finding: valid, thresholds, deliveries. Each leads to its details.
 */
final class VerdictSummary {

  private VerdictSummary() {}

  static Markup of(ReportModel comparison) {
    return Markup.of(
        "<ul class=\"answers\" aria-label=\"Verdicts in short\">{}{}{}</ul>\n",
        validity(comparison.entries()),
        thresholds(comparison.entries()),
        deliveries(comparison.accounted()));
  }

  private static Markup validity(List<ReportedRun> entries) {
    List<ReportedRun> bad = entries.stream().filter(entry -> !entry.valid()).toList();
    if (bad.isEmpty()) {
      return chip(Mark.GOOD, entries.size() == 1 ? "the run is valid" : "every run is valid");
    }
    boolean floorsOnly = bad.stream().allMatch(ReportedRun::unusableFloor);
    return chip(
        floorsOnly ? Mark.UNKNOWN : Mark.BAD,
        bad.stream()
            .map(entry -> entry.name() + " is " + entry.run().validity().verdict())
            .collect(Collectors.joining(", ")));
  }

  private static Markup thresholds(List<ReportedRun> entries) {
    List<SloVerdict> gates =
        entries.stream()
            .flatMap(entry -> entry.thresholds().stream())
            .filter(SloVerdict::gate)
            .toList();
    if (gates.isEmpty()) {
      return chip(Mark.UNKNOWN, "no threshold was asked for");
    }
    long missed = count(gates.stream(), Mark.BAD);
    long undecided = count(gates.stream(), Mark.UNKNOWN);
    if (missed + undecided == 0) {
      return chip(Mark.GOOD, "every threshold held");
    }
    return missed > 0
        ? chip(Mark.BAD, missed + " of " + gates.size() + " thresholds missed")
        : chip(Mark.UNKNOWN, undecided + " of " + gates.size() + " thresholds undecided");
  }

  private static long count(Stream<SloVerdict> gates, Mark mark) {
    return gates.filter(gate -> Mark.of(gate) == mark).count();
  }

  private static Markup deliveries(List<DeliveryTotal> totals) {
    if (totals.stream().allMatch(DeliveryTotal::nothing)) {
      return chip(Mark.UNKNOWN, "nothing was published");
    }
    List<DeliveryTotal> open = totals.stream().filter(total -> Mark.of(total) == Mark.BAD).toList();
    return open.isEmpty()
        ? chip(Mark.GOOD, "every delivery is accounted for")
        : chip(
            Mark.BAD,
            open.stream()
                .map(total -> total.entry().name() + ": " + total.text())
                .collect(Collectors.joining("; ")));
  }

  private static Markup chip(Mark mark, String text) {
    return Markup.of("<li><a href=\"#verdicts\">{} {}</a></li>", VerdictSection.mark(mark), text);
  }
}
