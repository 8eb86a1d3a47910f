package dev.fanbench.measurement.run;

import dev.fanbench.measurement.workload.PhaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** {@code latency.hlog}, read: intervals and totals by tag. */
final class LatencyLog {

  private static final long HIGHEST_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final int DIGITS = 3;

  private final Map<String, List<Interval>> intervals = new HashMap<>();
  private final Map<String, Histogram> totals = new HashMap<>();

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

  /** Series that some runs do not have: those of older loads, or of targets without TLS. */
  private static final Set<Series> OPTIONAL = EnumSet.of(Series.TLS_HANDSHAKE, Series.READ_LAG);

  /** False for an optional series that was not taken; all else is there, if with no samples. */
  boolean has(PhaseResult result, Series series) {
    return !OPTIONAL.contains(series) || totals.containsKey(series.tag(result.recordedAs()));
  }

  RecordedSeries series(PhaseResult result, Series series) {
    String tag = series.tag(result.recordedAs());
    Histogram total = totals.computeIfAbsent(tag, unseen -> emptyHistogram());
    long undelivered = result.undelivered().getOrDefault(series.label(), 0L);
    long independent =
        result.phase().kind() == PhaseKind.FANOUT && series.countsDeliveries()
            ? result.deliveryCount().sent()
            : total.getTotalCount() + undelivered;
    return new RecordedSeries(
        series, total, undelivered, independent, intervals.getOrDefault(tag, List.of()));
  }

  private void add(Histogram histogram, long epochMillis) {
    totals.computeIfAbsent(histogram.getTag(), tag -> emptyHistogram()).add(histogram);
    intervals
        .computeIfAbsent(histogram.getTag(), tag -> new ArrayList<>())
        .add(
            new Interval(
                TimeUnit.MILLISECONDS.toNanos(histogram.getStartTimeStamp() - epochMillis),
                TimeUnit.MILLISECONDS.toNanos(histogram.getEndTimeStamp() - epochMillis),
                histogram));
  }

  /** A histogram of the shape that is written. */
  static Histogram emptyHistogram() {
    return new Histogram(1, HIGHEST_NANOS, DIGITS);
  }
}
