package dev.fanbench.reports.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AxisTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 3, 7.98e6, 61.3e6, 100e6, 101e6, 999e9})
  void linearAxesStartAtZeroAndCoverTheLargestValue(double max) {
    Axis axis = Axis.fromZero(max, AxisUnit.NANOS, 200, 20);
    assertEquals(200, axis.at(0.0));
    assertTrue(axis.at(max) >= 20 - 1e-9);
    assertEquals("0", axis.ticks().get(0).label());
    assertTrue(axis.ticks().size() <= 7);
  }

  @Test
  void linearLabelsShareOneUnit() {
    assertEquals(
        List.of("0", "20 ms", "40 ms", "60 ms", "80 ms"),
        labels(Axis.fromZero(61.3e6, AxisUnit.NANOS, 0, 100)));
    assertEquals(
        List.of("0", "0.2 ms", "0.4 ms", "0.6 ms", "0.8 ms", "1 ms"),
        labels(Axis.fromZero(1e6, AxisUnit.NANOS, 0, 100)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 99.9e3, 100e3, 4.38e6})
  void logarithmicAxesCoverBothEnds(double min) {
    double max = min * 614;
    Axis axis = Axis.logarithmic(min, max, AxisUnit.NANOS, 0, 100);
    assertTrue(axis.at(min) >= -1e-6 && axis.at(max) <= 100 + 1e-6);
    double decade = axis.at(min * 100) - axis.at(min * 10);
    assertEquals(decade, axis.at(min * 10) - axis.at(min), 1e-9);
  }

  @Test
  void aSingleValueHasALogarithmicAxisToo() {
    Axis axis = Axis.logarithmic(5, 5, AxisUnit.NANOS, 0, 100);
    assertTrue(axis.ticks().size() >= 2);
    assertTrue(Double.isFinite(axis.at(5.0)));
  }

  /** It looked for a power of ten below 0 that is not over it, for two billion rounds. */
  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void zeroHasNoPlaceOnALogarithmicAxis() {
    Axis axis = Axis.logarithmic(0, 100, AxisUnit.DOLLARS, 0, 100);
    assertEquals(0, axis.at(0.01), 1e-9);
    assertEquals(100, axis.at(100.0), 1e-9);
  }

  @Test
  void sizesAreLabelledAsMeasured() {
    assertEquals(
        List.of("1", "10", "1,000"),
        labels(Axis.sizes(new TreeSet<>(List.of(1_000, 1, 10)), 0, 90)));
    assertEquals(45, Axis.sizes(new TreeSet<>(List.of(7)), 0, 90).at(7));
  }

  @Test
  void ninesHaveEqualRoom() {
    Axis axis = Axis.nines(3, 0, 300);
    assertEquals(List.of("0 %", "50 %", "90 %", "99 %", "99.9 %"), labels(axis));
    assertEquals(100, axis.at(2.0) - axis.at(1.0), 1e-9);
  }

  private static List<String> labels(Axis axis) {
    return axis.ticks().stream().map(Axis.Tick::label).toList();
  }
}
