package dev.fanbench.gatling.experiment;

import dev.fanbench.measurement.record.RunRecorder;
import dev.fanbench.measurement.run.FileError;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Once a second: an interval into the log, and a fresh progress line. */
final class Ticker implements AutoCloseable {
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "run-ticker");
            thread.setDaemon(true);
            return thread;
          });

  private Ticker() {}

  /**
   * Starts ticking.
   *
   * @param onProgress called each second
   * @param end told when the log cannot be written
   */
  static Ticker start(RunRecorder recorder, Runnable onProgress, EarlyEnd end) {
    Ticker ticker = new Ticker();
    var unused =
        ticker.executor.scheduleAtFixedRate(
            () -> {
              try {
                recorder.tick();
                onProgress.run();
              } catch (IOException e) {
                end.because("The run could not be written: " + FileError.words(e) + ".");
              } catch (RuntimeException | Error e) {
                end.failed(e); // The executor would keep it to itself, and tick no more.
              }
            },
            1,
            1,
            TimeUnit.SECONDS);
    return ticker;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
