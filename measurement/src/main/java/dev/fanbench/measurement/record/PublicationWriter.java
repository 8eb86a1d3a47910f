package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.ArrivalTable;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Writes {@code publications.csv}: a row for each arrival, phase after phase. Not thread-safe; the
 * recorder's monitor guards it.
 */
final class PublicationWriter implements Closeable {
  private static final int ROWS_AT_A_TIME = 32;

  private final BufferedWriter file;
  private Consumer<Arrival> listener;
  private PhaseRecorder phase;

  /** Arrivals of the phase that are written. */
  private int rows;

  /** Arrivals of the phase that the listener was told. */
  private int told;

  PublicationWriter(Path path) throws IOException {
    file = Files.newBufferedWriter(path);
    file.write(ArrivalTable.HEADER + "\n");
  }

  /** Sets the listener for closed arrivals. */
  void tell(Consumer<Arrival> arrivals) {
    listener = arrivals;
  }

  /** The arrivals of this phase are next. */
  void begin(PhaseRecorder next) {
    phase = next;
    rows = 0;
    told = 0;
  }

  /** Tells the arrivals that are closed, in order. One that is open holds up those behind it. */
  void tellClosed() {
    while (listener != null && phase.isClosed(told)) {
      listener.accept(phase.arrival(told++));
    }
  }

  /**
   * Writes the arrivals in front of {@code end} and lets go of them. Gives its core away now and
   * then, as an event loop may be waiting for it.
   */
  // Nothing depends on the effect of yielding.
  @SuppressWarnings("ThreadPriorityCheck")
  void write(int end) throws IOException {
    if (rows == end) {
      return;
    }
    while (rows < end) {
      file.write(ArrivalTable.row(phase.phase().name(), phase.arrival(rows++)) + "\n");
      if (rows % ROWS_AT_A_TIME == 0) {
        Thread.yield();
      }
    }
    phase.release(end);
  }

  void flush() throws IOException {
    file.flush();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
