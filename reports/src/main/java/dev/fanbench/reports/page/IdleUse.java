package dev.fanbench.reports.page;

import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Tells what each target cost while the others had their turn: CPU and memory. */
final class IdleUse {

  private IdleUse() {}

  static Markup of(ReportModel comparison) {
    List<String> each =
        comparison.entries().stream()
            .filter(entry -> most(entry, UsageMeter.IDLE_SHARE).isPresent())
            .map(IdleUse::words)
            .toList();
    return each.isEmpty()
        ? Markup.EMPTY
        : Markup.of(
            "<p>While the others had their turn: {}. The busiest phase is shown.</p>\n",
            each.stream().collect(Collectors.joining(", ")));
  }

  private static String words(ReportedRun entry) {
    String memory =
        most(entry, UsageMeter.RESIDENT_BYTES).stream()
            .mapToObj(bytes -> " and held " + UnitFormat.bytes(bytes))
            .collect(Collectors.joining());
    return entry.name()
        + " used "
        + UnitFormat.percent(most(entry, UsageMeter.IDLE_SHARE).orElseThrow())
        + " of a core"
        + memory;
  }

  private static OptionalDouble most(ReportedRun entry, String counter) {
    return entry.run().measured().stream()
        .map(PhaseResult::target)
        .filter(target -> target != null && target.counters().containsKey(counter))
        .mapToDouble(target -> target.counters().get(counter))
        .max();
  }
}
