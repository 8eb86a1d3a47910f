package dev.fanbench.reports.page;

import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.Fit;
import java.util.List;

/** The fan-out laws below a chart, or why there are none. */
final class ScalingFit {

  private ScalingFit() {}

  /**
   * @param what that is fitted, to begin a sentence
   * @param laws one for each run that has enough sizes
   */
  static Markup of(String what, List<String> laws) {
    if (laws.isEmpty()) {
      return Markup.of(
          "<p>A law a + b·N takes at least {} sizes; these runs have fewer.</p>\n",
          Fit.LEAST_SIZES);
    }
    return Markup.of(
        "<p>{} as a + b·N, fitted with equal relative weight at every size:</p>\n<ul>{}</ul>\n",
        what,
        laws.stream().map(law -> Markup.of("<li>{}</li>\n", law)).collect(Markup.joining()));
  }
}
