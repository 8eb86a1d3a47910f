package dev.fanbench.measurement.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * Reads {@code latency.hlog} one interval at a time, so that the memory it takes does not grow with
 * the length of the run. Not thread-safe.
 */
public final class IntervalReader implements Closeable {
  private static final String DAMAGED = "latency.hlog is damaged";

  private final RunDirectory files;
  private final HistogramLogReader reader;
  private boolean begun;

  /**
   * The samples that one series of a phase gained between two moments.
   *
   * @param tag phase and series
   * @param startNanos since the run's epoch, to the millisecond
   * @param endNanos since the run's epoch, to the millisecond
   * @param histogram nanoseconds; a new one for each interval
   */
  public record Tagged(String tag, long startNanos, long endNanos, Histogram histogram) {}

  private IntervalReader(RunDirectory files, HistogramLogReader reader) {
    this.files = files;
    this.reader = reader;
  }

  /**
   * Opens the log of a run.
   *
   * @throws UnreadableRunException when there is none
   */
  public static IntervalReader open(RunDirectory files) throws IOException {
    if (!Files.isRegularFile(files.latencyLog())) {
      throw new UnreadableRunException(files.path(), "it has no latency.hlog");
    }
    return new IntervalReader(files, new HistogramLogReader(files.latencyLog().toFile()));
  }

  /**
   * The next interval; empty at the end. HdrHistogram's reader answers a line that it cannot read
   * with null and goes on behind it. It also does so at the end of a log that holds comments only.
   * No comments follow the intervals of a run.
   *
   * @throws UnreadableRunException when the log is damaged
   */
  public Optional<Tagged> next() throws UnreadableRunException {
    try {
      while (reader.hasNext()) {
        EncodableHistogram interval = reader.nextIntervalHistogram();
        if (interval == null && (begun || reader.hasNext())) {
          throw new UnreadableRunException(files.path(), DAMAGED);
        }
        begun = true;
        if (interval instanceof Histogram histogram && histogram.getTag() != null) {
          long epochMillis = Math.round(reader.getStartTimeSec() * 1000);
          return Optional.of(
              new Tagged(
                  histogram.getTag(),
                  TimeUnit.MILLISECONDS.toNanos(histogram.getStartTimeStamp() - epochMillis),
                  TimeUnit.MILLISECONDS.toNanos(histogram.getEndTimeStamp() - epochMillis),
                  histogram));
        }
      }
      return Optional.empty();
    } catch (RuntimeException e) {
      throw damaged(files, e);
    }
  }

  /**
   * HdrHistogram tells of damage by whatever exception its decoder happens to meet. It wraps errors
   * of the JVM in them, too, and a file is not damaged because memory is short.
   */
  static UnreadableRunException damaged(RunDirectory files, RuntimeException met) {
    for (Throwable cause = met; cause != null; cause = cause.getCause()) {
      if (cause instanceof Error error) {
        throw error;
      }
    }
    return new UnreadableRunException(files.path(), DAMAGED, met);
  }

  @Override
  public void close() {
    reader.close();
  }
}
