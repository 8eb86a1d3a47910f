package dev.fanbench.measurement.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyMapTest {

  private static final long SECOND = 1_000_000_000L;

  private final LatencyMap map = new LatencyMap();

  @Test
  void eachIntervalIsAColumnWithItsSamplesByLatency() {
    map.add(0, SECOND, of(1_000_000, 1_100_000, 30_000_000));
    map.add(2 * SECOND, 3 * SECOND, of());
    map.add(3 * SECOND, 4 * SECOND, of(2_000_000));
    List<LatencyMap.Column> columns = map.columns();
    assertEquals(2, columns.size());
    assertEquals(Map.of(36, 2L, 44, 1L), columns.get(0).counts());
    assertEquals(3 * SECOND, columns.get(1).startNanos());
    assertEquals(4 * SECOND, columns.get(1).endNanos());
  }

  @Test
  void aRowBeginsWhereTheLastOneEnds() {
    assertEquals(36, LatencyMap.row(1_000_000));
    assertEquals(1e6, LatencyMap.fromNanos(36), 1);
    assertEquals(1.468e6, LatencyMap.fromNanos(37), 1e3);
    assertEquals(0, LatencyMap.row(0));
  }

  /** An hour of seconds has some hundred columns, and no sample is lost. */
  @Test
  void aLongPhaseHasFewColumnsWithAllSamples() {
    for (int second = 0; second < 3_600; second++) {
      map.add(second * SECOND, (second + 1) * SECOND, of(1_000_000));
    }
    List<LatencyMap.Column> columns = map.columns();
    assertTrue(columns.size() > 60 && columns.size() <= 120, columns.size() + " columns");
    assertEquals(3_600, columns.stream().mapToLong(LatencyMap.Column::total).sum());
    assertEquals(columns.get(0).total(), columns.get(1).total());
    for (int i = 1; i < columns.size(); i++) {
      assertEquals(columns.get(i - 1).endNanos(), columns.get(i).startNanos());
    }
    assertEquals(3_600 * SECOND, columns.get(columns.size() - 1).endNanos());
  }

  private static Histogram of(long... nanos) {
    Histogram histogram = LatencyLog.emptyHistogram();
    for (long each : nanos) {
      histogram.recordValue(each);
    }
    return histogram;
  }
}
