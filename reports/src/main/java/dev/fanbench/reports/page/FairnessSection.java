package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.Series;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.SubscriberSpread;
import dev.fanbench.reports.page.PercentileFigure.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whether some subscribers of the headline phase wait longer than others throughout. */
final class FairnessSection {

  private FairnessSection() {}

  /** Empty when no run recorded single subscribers. */
  static Markup of(ReportModel comparison) {
    return comparison
        .headline()
        .filter(phase -> !phase.rows(Series.SUBSCRIBER_P50).isEmpty())
        .map(FairnessSection::of)
        .orElse(Markup.EMPTY);
  }

  private static Markup of(PhaseComparison phase) {
    List<SubscriberSpread> spreads = SubscriberSpread.in(phase);
    List<Panel> panels = new ArrayList<>();
    panels.add(panel("each subscriber’s own p50", phase, Series.SUBSCRIBER_P50));
    if (!phase.rows(Series.SUBSCRIBER_P99).isEmpty()) {
      panels.add(panel("each subscriber’s own p99", phase, Series.SUBSCRIBER_P99));
    }
    String sentence =
        "A level line is a target that treats its subscribers alike; a steep one has some that are"
            + " always last. ";
    return Markup.of(
        "<section id=\"fairness\">\n<h2>{}: subscribers compared</h2>\n{}</section>\n",
        phase.title(),
        Figure.of(
            spreads.stream().map(SubscriberSpread::entry).toList(),
            PercentileFigure.of(panels),
            sentence
                + spreads.stream().map(SubscriberSpread::text).collect(Collectors.joining(" "))));
  }

  private static Panel panel(String title, PhaseComparison phase, Series series) {
    return Panel.of(title, phase, series, List.of(), List.of());
  }
}
