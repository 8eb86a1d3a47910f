package dev.fanbench.reports.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.change.Metric;
import dev.fanbench.measurement.change.PhaseCurve;
import dev.fanbench.measurement.change.SideCurve;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SideChartTest {
  private static final Phase ROOM =
      new Phase("fanout-100", PhaseKind.FANOUT, 100, 1, 40, 10, false);
  private static final double MILLI = 1e6;

  /** The lines stand where they stand without intervals, and the band ends at the frame. */
  @Test
  void aWideIntervalPressesNoLineOnTheBase() {
    String wide = chart(100);
    assertEquals(paths(chart(1), "curve"), paths(wide, "curve"));
    assertEquals(1, paths(wide, "band").size());
    String band = paths(wide, "band").get(0);
    assertTrue(band.startsWith("M58 10h"), band);
    assertFalse(wide.contains("Infinity") || wide.contains("NaN"), wide);
  }

  private static String chart(double reach) {
    SideCurve base = new SideCurve(List.of(point(0, reach), point(0.5, reach), point(1, reach)));
    SideCurve now = new SideCurve(List.of(point(0, 1), point(1, 1)));
    PhaseCurve curve = new PhaseCurve(Metric.headline(ROOM), ROOM, base, now);
    return new SideChart(curve, List.of("base", "now")).toMarkup().toString();
  }

  private static SideCurve.Point point(double nines, double reach) {
    double nanos = (1 + nines) * MILLI;
    return new SideCurve.Point(nines, nanos, nanos / reach, nanos * reach, reach > 1);
  }

  private static List<String> paths(String chart, String style) {
    return Pattern.compile("<path class=\"" + style + " [^\"]*\" d=\"([^\"]*)\"")
        .matcher(chart)
        .results()
        .map((MatchResult path) -> path.group(1))
        .toList();
  }
}
