package dev.fanbench.measurement.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class SampleRecorderTest {
  private static final long HOUR = SampleRecorder.HIGHEST_NANOS;

  private final List<SampleRecorder> recorders =
      List.of(SampleRecorder.ofOneWriter(), SampleRecorder.ofManyWriters(), SampleRecorder.ofFew());

  @Test
  void timesFromZeroToAnHourAreRecorded() {
    for (SampleRecorder recorder : recorders) {
      recorder.record(0);
      recorder.record(HOUR);
      Histogram total = drained(recorder);
      assertEquals(2, total.getTotalCount());
      assertEquals(0, total.getMinValue());
      assertTrue(total.valuesAreEquivalent(HOUR, total.getMaxValue()));
      assertEquals(0, recorder.anomalies());
    }
  }

  @Test
  void timesBelowAndAboveAreCounted() {
    for (SampleRecorder recorder : recorders) {
      recorder.record(-1);
      recorder.record(HOUR + 1);
      recorder.record(Long.MIN_VALUE);
      assertEquals(3, recorder.anomalies());
      assertEquals(0, drained(recorder).getTotalCount());
      assertEquals(3, recorder.anomalies(), "draining forgets none");
    }
  }

  @Test
  void aSampleIsDrainedOnce() {
    for (SampleRecorder recorder : recorders) {
      recorder.record(5);
      Histogram total = drained(recorder);
      recorder.drainInto(total);
      assertEquals(1, total.getTotalCount());
      recorder.record(6);
      recorder.drainInto(total);
      assertEquals(2, total.getTotalCount());
      assertEquals(6, total.getMaxValue());
    }
  }

  private static Histogram drained(SampleRecorder recorder) {
    Histogram total = SampleRecorder.emptyHistogram();
    recorder.drainInto(total);
    return total;
  }
}
