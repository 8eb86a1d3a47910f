package dev.fanbench.reports.page;

import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportedRun;

/** Small labels that go with a run's name wherever it appears. */
final class RunLabel {

  private RunLabel() {}

  static Markup of(ReportedRun entry) {
    Markup reference =
        entry.reference() ? Markup.of("<span class=\"chip\">reference</span>") : Markup.EMPTY;
    Markup emulated =
        entry
            .emulation()
            .map(label -> Markup.of("<span class=\"chip\">{}</span>", label))
            .orElse(Markup.EMPTY);
    return Markup.join(verdict(entry), reference, emulated);
  }

  /** The verdict of a run that is not valid: the label that no line may lack. */
  static Markup verdict(ReportedRun entry) {
    return entry.valid()
        ? Markup.EMPTY
        : Markup.of("<span class=\"chip bad\">{}</span>", entry.run().validity().verdict());
  }
}
