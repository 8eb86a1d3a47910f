package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.Series;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The recorders of each series of a phase: one, or one for each event loop. */
final class SeriesTable {
  private final Map<Series, List<SampleRecorder>> recorders = new EnumMap<>(Series.class);

  /** The series has one recorder. */
  void of(Series series, SampleRecorder recorder) {
    recorders.put(series, List.of(recorder));
  }

  /** The series has a recorder on each loop. */
  void ofLoops(Series series, List<LoopRecorder> loops) {
    recorders.put(series, loops.stream().map(loop -> loop.samples(series)).toList());
  }

  /** The series that have recorders, in the order of {@link Series}. */
  Iterable<Series> series() {
    return recorders.keySet();
  }

  /** Adds what one series gained since the last call; one thread at a time. */
  void drainInto(Series series, Histogram total) {
    recorders.get(series).forEach(samples -> samples.drainInto(total));
  }

  /** Samples of all series that were refused because they are negative or over an hour. */
  long anomalies() {
    return recorders.values().stream()
        .flatMap(List::stream)
        .mapToLong(SampleRecorder::anomalies)
        .sum();
  }
}
