package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.PercentileValue;
import java.util.List;

/**
 * One phase of all its runs as it went by.
 *
 * @param title of the phase
 * @param timelines its runs
 */
public record PhaseTimeline(String title, List<Timeline> timelines) {
  public PhaseTimeline {
    timelines = List.copyOf(timelines);
  }

  /**
   * The largest ratio, in one run, of the highest to the lowest median of its stretches of time.
   */
  public double swing() {
    return timelines.stream().mapToDouble(PhaseTimeline::swing).max().orElse(1);
  }

  private static double swing(Timeline timeline) {
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (Timeline.Window window : timeline.windows()) {
      if (window.p50() instanceof PercentileValue.Time median) {
        low = Math.min(low, (double) median.nanos());
        high = Math.max(high, (double) median.nanos());
      }
    }
    return high > 0 && low > 0 ? high / low : 1;
  }
}
