package dev.fanbench.measurement.record;

import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.run.Interval;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.Series;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Appends to the interval log what a phase has recorded since the last time, and tells a listener
 * of it if there is one. Not thread-safe.
 */
final class IntervalWriter implements AutoCloseable {
  private final IntervalLog log;
  private final NanoClock clock;
  private final Histogram interval = SampleRecorder.emptyHistogram();
  private Consumer<PhaseProgress> listener;
  private long sinceNanos;

  IntervalWriter(IntervalLog log, NanoClock clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Without a listener no interval is copied. */
  void tell(Consumer<PhaseProgress> told) {
    listener = told;
  }

  /** The first interval of a phase begins now. */
  void begin() {
    sinceNanos = clock.nanoTime();
  }

  /**
   * Ends an interval and begins the next.
   *
   * @param name that the phase is recorded as
   */
  // Yielding is for the loops that share a core with this thread; nothing depends on its effect.
  @SuppressWarnings("ThreadPriorityCheck")
  void write(String name, PhaseRecorder phase) throws IOException {
    long nowNanos = clock.nanoTime();
    Map<Series, Interval> gained = new EnumMap<>(Series.class);
    for (Series series : phase.series()) {
      interval.reset();
      phase.drainInto(series, interval);
      if (interval.getTotalCount() > 0) {
        log.write(name, series, sinceNanos, nowNanos, interval);
        if (listener != null) {
          gained.put(series, new Interval(sinceNanos, nowNanos, interval));
        }
      }
      Thread.yield();
    }
    log.flush();
    if (listener != null) {
      listener.accept(phase.progress(nowNanos, gained));
    }
    sinceNanos = nowNanos;
  }

  void flush() throws IOException {
    log.flush();
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
