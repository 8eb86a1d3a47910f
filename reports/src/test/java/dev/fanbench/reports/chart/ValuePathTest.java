package dev.fanbench.reports.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ValuePathTest {

  private static final double MILLI = 1e6;

  @Test
  void coordinatesAreTheValuesInTheirUnits() {
    ValuePath path = new ValuePath(20, 50 * MILLI);
    path.dot(0.25, 12.345 * MILLI).dot(0.5, 11 * MILLI);
    assertEquals(1e-2f, path.unitX());
    assertEquals(1_000f, path.unitY());
    assertEquals(2_000, path.wide());
    assertEquals(50_000, path.high());
    assertEquals("m25 12345h0m25-1345h0", path.toString());
  }

  @Test
  void levelsAndBarsBeginWhereTheLastOneEnded() {
    ValuePath path = new ValuePath(1, 1_000);
    assertTrue(path.isEmpty());
    path.level(0.1, 0.2, 500).bar(0.3, 1_000);
    path.level(0.4, 0.5, 900);
    assertEquals("m1000 50000h1000m1000-50000v100000m1000-10000h1000", path.toString());
  }
}
