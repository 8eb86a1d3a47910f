package dev.fanbench.measurement.record;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * One stream of nanosecond samples on its way to the interval log. Every sample is either recorded
 * as it is, at three significant digits, or counted as an anomaly because it is negative or over an
 * hour; none is dropped or clamped.
 */
abstract class SampleRecorder {

  /** The longest time that can stand in a histogram: one hour. */
  static final long HIGHEST_NANOS = 3_600_000_000_000L;

  /** Significant decimal digits of every histogram. */
  static final int DIGITS = 3;

  /** An empty histogram of the shape all share, about 270 KB: its buckets are all there. */
  static Histogram emptyHistogram() {
    return new Histogram(1, HIGHEST_NANOS, DIGITS);
  }

  /** Samples of one event loop, which alone may record. */
  static SampleRecorder ofOneWriter() {
    return new OneWriter();
  }

  /** Samples any thread may record: those that come once per arrival. */
  static SampleRecorder ofManyWriters() {
    return new ManyWriters();
  }

  /** Samples that come at the end of a phase, and are too few for histograms of their own. */
  static SampleRecorder ofFew() {
    return new Few();
  }

  /** Keeps a sample. Neither blocks nor allocates, but for one of few. */
  abstract void record(long nanos);

  /** Samples refused so far. */
  abstract long anomalies();

  /** Adds what came since the last call to {@code total}; one thread at a time. */
  abstract void drainInto(Histogram total);

  static boolean rankable(long nanos) {
    return nanos >= 0 && nanos <= HIGHEST_NANOS;
  }

  private static final class OneWriter extends SampleRecorder {
    private final SingleWriterRecorder recorder =
        new SingleWriterRecorder(1, HIGHEST_NANOS, DIGITS);
    private final Counter anomalies = new Counter();
    private Histogram recycled;

    @Override
    void record(long nanos) {
      if (rankable(nanos)) {
        recorder.recordValue(nanos);
      } else {
        anomalies.increment();
      }
    }

    @Override
    long anomalies() {
      return anomalies.get();
    }

    @Override
    void drainInto(Histogram total) {
      recycled = recorder.getIntervalHistogram(recycled);
      total.add(recycled);
    }
  }

  private static final class ManyWriters extends SampleRecorder {
    private final Recorder recorder = new Recorder(1, HIGHEST_NANOS, DIGITS);
    private final AtomicLong anomalies = new AtomicLong();
    private Histogram recycled;

    @Override
    void record(long nanos) {
      if (rankable(nanos)) {
        recorder.recordValue(nanos);
      } else {
        anomalies.incrementAndGet();
      }
    }

    @Override
    long anomalies() {
      return anomalies.get();
    }

    @Override
    void drainInto(Histogram total) {
      recycled = recorder.getIntervalHistogram(recycled);
      total.add(recycled);
    }
  }

  private static final class Few extends SampleRecorder {
    private final List<Long> samples = new ArrayList<>();
    private long anomalies;

    @Override
    synchronized void record(long nanos) {
      if (rankable(nanos)) {
        samples.add(nanos);
      } else {
        anomalies++;
      }
    }

    @Override
    synchronized long anomalies() {
      return anomalies;
    }

    @Override
    synchronized void drainInto(Histogram total) {
      samples.forEach(total::recordValue);
      samples.clear();
    }
  }
}
