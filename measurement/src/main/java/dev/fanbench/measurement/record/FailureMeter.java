package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.FailureInterval;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts failures of one kind by time. Where they fill too many intervals, all intervals become
 * twice as long, so that memory does not grow with the phase. Thread-safe.
 */
public final class FailureMeter {
  /** Most intervals with failures that are kept. */
  static final int MOST_INTERVALS = 128;

  /** Length of an interval at first: an eighth of a second. */
  static final long FIRST_LENGTH_NANOS = TimeUnit.MILLISECONDS.toNanos(125);

  private final String kind;
  private final TreeMap<Long, Long> counts = new TreeMap<>();
  private long lengthNanos = FIRST_LENGTH_NANOS;
  private long total;

  /** A meter of failures of this kind. */
  public FailureMeter(String kind) {
    this.kind = kind;
  }

  /** One more failure, at a time since the run's epoch. */
  public synchronized void add(long atNanos) {
    total++;
    counts.merge(Math.floorDiv(atNanos, lengthNanos), 1L, Long::sum);
    while (counts.size() > MOST_INTERVALS) {
      lengthNanos *= 2;
      Map<Long, Long> halves = new TreeMap<>(counts);
      counts.clear();
      halves.forEach((at, count) -> counts.merge(Math.floorDiv(at, 2L), count, Long::sum));
    }
  }

  /** Failures so far. */
  synchronized long count() {
    return total;
  }

  /** The intervals with failures, in order. */
  synchronized List<FailureInterval> intervals() {
    return counts.entrySet().stream()
        .map(
            each -> {
              long startNanos = each.getKey() * lengthNanos;
              return new FailureInterval(
                  kind, startNanos, startNanos + lengthNanos, each.getValue());
            })
        .toList();
  }

  /** The intervals with failures since the last call, in order; the meter then begins anew. */
  public synchronized List<FailureInterval> take() {
    List<FailureInterval> taken = intervals();
    counts.clear();
    lengthNanos = FIRST_LENGTH_NANOS;
    total = 0;
    return taken;
  }
}
