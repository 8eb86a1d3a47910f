package dev.fanbench.measurement.run;

import dev.fanbench.measurement.workload.PhaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.PackedHistogram;

/**
 * {@code latency.hlog}, read: intervals by tag. Intervals are kept packed, a few kilobytes each, as
 * a run has hundreds of them and an unpacked one takes 270 KB.
 */
final class LatencyLog {

  private static final long HIGHEST_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final int DIGITS = 3;

  private final Map<String, List<Interval>> byTag = new HashMap<>();

  private LatencyLog() {}

  static LatencyLog read(RunDirectory files) throws IOException {
    if (!Files.isRegularFile(files.latencyLog())) {
      throw new UnreadableRunException(files.path(), "it has no latency.hlog");
    }
    LatencyLog log = new LatencyLog();
    try (HistogramLogReader reader = new HistogramLogReader(files.latencyLog().toFile())) {
      while (reader.hasNext()) {
        if (reader.nextIntervalHistogram() instanceof Histogram histogram
            && histogram.getTag() != null) {
          long epochMillis = Math.round(reader.getStartTimeSec() * 1000);
          log.add(histogram, epochMillis);
        }
      }
    } catch (RuntimeException e) {
      // HdrHistogram tells of damage by whatever exception its decoder happens to meet.
      throw new UnreadableRunException(files.path(), "latency.hlog is damaged", e);
    }
    return log;
  }

  RecordedSeries series(PhaseResult result, Series series) {
    List<Interval> intervals = byTag.getOrDefault(series.tag(result.phase().name()), List.of());
    Histogram total = new Histogram(1, HIGHEST_NANOS, DIGITS);
    intervals.forEach(interval -> total.add(interval.histogram()));
    long undelivered = result.undelivered().getOrDefault(series.label(), 0L);
    long independent =
        result.phase().kind() == PhaseKind.FANOUT && series.countsDeliveries()
            ? result.books().sent()
            : total.getTotalCount() + undelivered;
    return new RecordedSeries(series, total, undelivered, independent, intervals);
  }

  private void add(Histogram histogram, long epochMillis) {
    PackedHistogram packed = new PackedHistogram(1, HIGHEST_NANOS, DIGITS);
    packed.add(histogram);
    byTag
        .computeIfAbsent(histogram.getTag(), tag -> new ArrayList<>())
        .add(
            new Interval(
                TimeUnit.MILLISECONDS.toNanos(histogram.getStartTimeStamp() - epochMillis),
                TimeUnit.MILLISECONDS.toNanos(histogram.getEndTimeStamp() - epochMillis),
                packed));
  }
}
