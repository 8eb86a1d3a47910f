package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.Validity;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import java.util.ArrayList;
import java.util.List;

/** Lists the limits of these figures. */
final class LimitsSection {

  private LimitsSection() {}

  static Markup of(ReportModel comparison) {
    List<Markup> limits = new ArrayList<>();
    limits.add(
        limit(
            "The ranges are of this run.",
            "They hold what endless samples of the same minutes would show. Another start of a target"
                + " moves its figures too: compare five runs of each, interleaved, before you act on a"
                + " difference."));
    if (comparison.entries().stream().anyMatch(e -> e.run().target().launched())) {
      limits.add(
          limit(
              "Loopback has no network.",
              "Load and target shared one machine: no distance, no loss, no TLS, and they compete for"
                  + " its cores. Real users wait longer."));
    }
    comparison.entries().stream()
        .filter(ReportedRun::emulated)
        .map(LimitsSection::emulated)
        .forEach(limits::add);
    List<ReportedRun> entries = comparison.entries();
    if (entries.stream().anyMatch(ReportedRun::inMemory)
        && entries.stream().anyMatch(ReportedRun::emulated)) {
      limits.add(
          limit(
              "The targets do not keep the same.",
              "The serverless chat stores every message, with a time to live, before its event is over."
                  + " The in-memory server keeps the last 1,000 of a room and loses them when it ends."));
    }
    limits.add(
        limit(
            "The load may be the bottleneck.",
            "Send delay and hiccups are the load's own. Where they come near the response time, the"
                + " figure is about the load; the run is then marked INVALID."));
    for (ReportedRun entry : comparison.entries()) {
      Validity validity = entry.run().validity();
      limits.add(listed(entry.name() + " is " + validity.verdict(), validity.reasons()));
      limits.add(listed("Warnings for " + entry.name(), validity.warnings()));
    }
    return Markup.of(
        "<section id=\"limits\">\n<h2>Before you believe a number</h2>\n<ul class=\"limits\">{}</ul>\n</section>\n",
        limits.stream().collect(Markup.joining()));
  }

  private static Markup listed(String what, List<String> sentences) {
    return sentences.isEmpty()
        ? Markup.EMPTY
        : Markup.of(
            "<li><strong>{}:</strong><ul>{}</ul></li>\n",
            what,
            sentences.stream().map(s -> Markup.of("<li>{}</li>", s)).collect(Markup.joining()));
  }

  private static Markup emulated(ReportedRun entry) {
    return limit(
        "The emulator is not AWS.",
        "In "
            + entry.name()
            + " these parts are emulated or modelled: "
            + String.join("; ", entry.run().target().modelled())
            + ".");
  }

  private static Markup limit(String what, String why) {
    return Markup.of("<li><strong>{}</strong> {}</li>\n", what, why);
  }
}
