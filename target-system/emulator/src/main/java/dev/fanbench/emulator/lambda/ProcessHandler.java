package dev.fanbench.emulator.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.time.Duration;

/**
 * Hands the requests of one environment to a process of its own, which it starts for the first of
 * them and again after the process has ended.
 *
 * <p>It keeps the function's timeout itself, as only it knows the end of the initialisation. A
 * thread that is interrupted in it ends the process.
 */
public interface ProcessHandler extends RequestStreamHandler, AutoCloseable {
  /** Lambda's limit on an initialisation outside of a request. */
  Duration LONGEST_INIT = Duration.ofSeconds(10);

  /** Processor time of the current process so far, in nanoseconds; 0 without one. */
  long cpuNanos();

  /**
   * Time in which threads of the current process ran or waited for a core, in nanoseconds; 0
   * without one. On a busy machine a process that computes gets little of a core, and wants all of
   * it.
   */
  long wantedNanos();

  /** Ends the process at once. */
  @Override
  void close();
}
