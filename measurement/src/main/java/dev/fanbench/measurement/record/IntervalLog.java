package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.Series;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * {@code latency.hlog} while it is written: HdrHistogram's interval log, version 1.3, one tag per
 * phase and series. Not thread-safe.
 */
final class IntervalLog implements Closeable {

  /** The log's text shows each interval's largest value in milliseconds. */
  private static final double NANOS_PER_MILLI = 1e6;

  private final Path file;
  private final PrintStream out;
  private final HistogramLogWriter writer;

  IntervalLog(Path file, long epochMillis) throws IOException {
    this.file = file;
    out =
        new PrintStream(
            new BufferedOutputStream(Files.newOutputStream(file)), false, StandardCharsets.UTF_8);
    writer = new HistogramLogWriter(out);
    writer.outputLogFormatVersion();
    writer.outputComment("fanbench: nanoseconds, Tag=phase/series");
    writer.outputBaseTime(epochMillis);
    writer.outputStartTime(epochMillis);
    writer.outputLegend();
  }

  /** Appends one interval; times are nanoseconds since the run's epoch. */
  void write(String phase, Series series, long startNanos, long endNanos, Histogram interval) {
    interval.setTag(series.tag(phase));
    writer.outputIntervalHistogram(startNanos / 1e9, endNanos / 1e9, interval, NANOS_PER_MILLI);
  }

  /**
   * Hands everything to the operating system.
   *
   * @throws IOException when any write since the last flush failed, as on a full disk; a
   *     PrintStream keeps that to itself until asked
   */
  void flush() throws IOException {
    if (out.checkError()) {
      throw new IOException("cannot write " + file);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      flush();
    } finally {
      out.close();
    }
  }
}
