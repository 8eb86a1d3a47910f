package dev.fanbench.reports.page;

import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportModel;

/** Explains the figures to a first-time reader. */
final class ReadingSection {

  private ReadingSection() {}

  static Markup of(ReportModel comparison) {
    return Markup.of(
        """
        <aside class="reading">
        <h2>How to read this</h2>
        <dl>
        <div><dt>Every time starts when the schedule said “send”</dt><dd>Arrivals follow a fixed schedule, \
        whatever the target does. A message that had to wait because an earlier one was slow counts that wait: \
        response time has it, service time has not. A gap between the two is queueing.</dd></div>
        <div><dt>Time to last delivery is what the room feels</dt><dd>One publication goes to all subscribers of the room. \
        It is done when the last subscriber has it. If one never gets it, it ranks as \
        infinitely late.</dd></div>
        <div><dt>p90 = 14 ms: nine of ten were at least as fast</dt><dd>The small \
        range is sure to 99 %. A figure without one is within 10 %, and “≤” is the end of a wide one. \
        Deliveries of one publication count as one sample: “100,000 in 100” are 100. A “–” means too few that do not depend on each other.</dd></div>
        <div><dt>The percentile axis counts nines</dt><dd>90 % to 99 % takes as much room as 99 % to 99.9 %, \
        so the rare slow ones stay visible. A dashed level line is a threshold.</dd></div>
        <div><dt>The ratio is to the fastest valid run</dt><dd>Where targets took turns it is the mean over pairs of neighbouring turns. Floors are references and hatched runs are not valid: \
        neither enters a ratio.</dd></div>
        </dl>
        </aside>
        """);
  }
}
