package dev.fanbench.measurement.run;

import dev.fanbench.measurement.workload.PhaseKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** {@code latency.hlog}, read: totals by tag, and of each interval its place and largest sample. */
final class LatencyLog {

  private static final long HIGHEST_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final int DIGITS = 3;

  private final Map<String, List<RecordedInterval>> intervals = new HashMap<>();
  private final Map<String, Histogram> totals = new HashMap<>();
  private final Map<String, LatencyMap> maps = new HashMap<>();

  private LatencyLog() {}

  static LatencyLog read(RunDirectory files) throws IOException {
    LatencyLog log = new LatencyLog();
    try (IntervalReader reader = IntervalReader.open(files)) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        log.add(next.get());
      }
    } catch (RuntimeException e) {
      throw IntervalReader.damaged(files, e); // such as samples that fit in no histogram here
    }
    return log;
  }

  /**
   * Series that some runs do not have: those of older loads, or of targets without TLS or nodes.
   */
  private static final Set<Series> OPTIONAL =
      EnumSet.of(
          Series.TLS_HANDSHAKE,
          Series.READ_LAG,
          Series.SAME_NODE,
          Series.OTHER_NODE,
          Series.SUBSCRIBER_P50,
          Series.SUBSCRIBER_P99);

  /** False for an optional series that was not taken; all else is there, if with no samples. */
  boolean has(PhaseResult result, Series series) {
    return !OPTIONAL.contains(series) || totals.containsKey(series.tag(result.recordedAs()));
  }

  RecordedSeries series(PhaseResult result, Series series) {
    String tag = series.tag(result.recordedAs());
    Histogram total = totals.computeIfAbsent(tag, LatencyLog::emptyTotal);
    long undelivered = result.undelivered().getOrDefault(series.label(), 0L);
    long independent =
        result.phase().kind() == PhaseKind.FANOUT && series.countsDeliveries()
            ? result.deliveryCount().sent()
            : total.getTotalCount() + undelivered;
    return new RecordedSeries(
        series, total, undelivered, independent, intervals.getOrDefault(tag, List.of()));
  }

  /** Response times by time and latency. */
  LatencyMap map(PhaseResult result) {
    return maps.getOrDefault(Series.RESPONSE.tag(result.recordedAs()), new LatencyMap());
  }

  private void add(IntervalReader.Tagged read) {
    if (read.tag().endsWith(Series.RESPONSE.tag(""))) {
      maps.computeIfAbsent(read.tag(), tag -> new LatencyMap())
          .add(read.startNanos(), read.endNanos(), read.histogram());
    }
    totals.computeIfAbsent(read.tag(), LatencyLog::emptyTotal).add(read.histogram());
    intervals
        .computeIfAbsent(read.tag(), tag -> new ArrayList<>())
        .add(
            new RecordedInterval(
                read.startNanos(), read.endNanos(), read.histogram().getMaxValue()));
  }

  /**
   * Percentiles of single subscribers have two digits at most, so their total takes an eighth of
   * the memory.
   */
  private static Histogram emptyTotal(String tag) {
    boolean coarse =
        tag.endsWith(Series.SUBSCRIBER_P50.tag("")) || tag.endsWith(Series.SUBSCRIBER_P99.tag(""));
    return coarse ? new Histogram(1, HIGHEST_NANOS, DIGITS - 1) : emptyHistogram();
  }

  /** A histogram of the shape that is written. */
  static Histogram emptyHistogram() {
    return new Histogram(1, HIGHEST_NANOS, DIGITS);
  }
}
