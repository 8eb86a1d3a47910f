package dev.fanbench.emulator.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.lambda.FunctionException;
import dev.fanbench.emulator.lambda.ProcessHandler;
import dev.fanbench.target.Stopwatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The process of one environment. It starts with the first request. One that has ended, took too
 * long or failed to initialise is replaced with the next request, as on AWS.
 *
 * <p>{@link #handleRequest} is for one thread; {@link #close} may be called by any.
 */
final class FunctionProcess implements ProcessHandler {
  private static final double NANOS_PER_MILLI = 1e6;

  private final FunctionProgram program;
  private final ProcessLauncher launcher;
  private final Duration longestInit;
  private volatile Run run;
  private volatile boolean closed;

  FunctionProcess(FunctionProgram program, ProcessLauncher launcher) {
    this(program, launcher, LONGEST_INIT);
  }

  /**
   * @param longestInit the time of an initialisation outside of a request
   */
  FunctionProcess(FunctionProgram program, ProcessLauncher launcher, Duration longestInit) {
    this.program = program;
    this.launcher = launcher;
    this.longestInit = longestInit;
  }

  /** One process from its start to its end. */
  private static final class Run {
    private final RuntimeSession session = new RuntimeSession();
    private final FunctionLog log;
    private final Stopwatch sinceStart = new Stopwatch();
    private final RuntimeApi.Port port;
    private final GuardedProcess process;
    private long initNanos;
    private boolean answered;

    Run(FunctionProgram program, ProcessLauncher launcher) throws IOException {
      log = new FunctionLog(program.function().name(), launcher::log);
      port = launcher.api().open(session);
      try {
        process =
            GuardedProcess.start(
                launcher.guard(),
                program.command(),
                program.folder(),
                launcher.variables(program, port.address()));
      } catch (IOException broken) {
        port.close();
        throw broken;
      }
      log.read(process.output());
      new RequestGuard("the end of " + program.function().name(), () -> {})
          .whenComplete(
              process.exit(),
              Runnable::run,
              (status, failure) -> session.end(FunctionFailure.exited(status)));
    }

    void end() {
      process.kill();
      port.close();
    }
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    byte[] event = in.readAllBytes();
    try {
      out.write(answer(event, context));
    } catch (InterruptedException given) {
      end();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("given up");
    }
  }

  private byte[] answer(byte[] event, Context context) throws IOException, InterruptedException {
    Duration timeout = program.function().timeout();
    try {
      return answer(event, context, ready(timeout));
    } catch (TimeoutException late) {
      end();
      throw FunctionFailure.timedOut(timeout);
    }
  }

  /**
   * A process that asks for a request.
   *
   * @param left the time that the request has
   */
  private record WarmRun(Run run, Duration left) {}

  private byte[] answer(byte[] event, Context context, WarmRun warm)
      throws IOException, InterruptedException, TimeoutException {
    Run current = warm.run();
    current.log.begin(context.getAwsRequestId());
    Stopwatch watch = new Stopwatch();
    try {
      byte[] answer =
          current.session.run(
              new RuntimeRequest(event, context, launcher.clock().millis(), warm.left()));
      if (!current.answered) {
        current.answered = true;
        launcher.usage().started(current.initNanos, watch.elapsedNanos());
      }
      return answer;
    } catch (FunctionException failed) {
      if (current.session.hasEnded()) {
        end();
      }
      throw failed;
    }
  }

  /**
   * The process, initialised. As on Lambda, an initialisation that takes too long is repeated as a
   * part of the request.
   *
   * @param timeout the time of the request
   * @throws TimeoutException if the repetition takes all of it
   */
  private WarmRun ready(Duration timeout)
      throws IOException, InterruptedException, TimeoutException {
    Run current = run;
    if (current != null && !current.session.hasEnded()) {
      return new WarmRun(current, timeout);
    }
    try {
      return new WarmRun(initialised(longestInit), timeout);
    } catch (TimeoutException slow) {
      launcher.log(
          "%s is initialised again in its request, as it took over %d ms"
              .formatted(program.function().name(), longestInit.toMillis()));
    }
    Stopwatch repetition = new Stopwatch();
    Run again = initialised(timeout);
    return new WarmRun(again, timeout.minusNanos(repetition.elapsedNanos()));
  }

  /** Starts the process anew, and waits until it asks for a request. */
  private Run initialised(Duration patience)
      throws IOException, InterruptedException, TimeoutException {
    end();
    Run started = start();
    try {
      started.session.awaitReady(patience);
    } catch (FunctionException failed) {
      end();
      throw failed;
    }
    started.initNanos = started.sinceStart.elapsedNanos();
    started.log.write(
        String.format(
            Locale.ROOT,
            "init %.1f ms, process %d",
            started.initNanos / NANOS_PER_MILLI,
            started.log.processId().getNow(0L)));
    // The model's cold start is the least that there is.
    TimeUnit.NANOSECONDS.sleep(launcher.coldStart().toNanos() - started.initNanos);
    return started;
  }

  private Run start() throws IOException {
    try {
      Run started = new Run(program, launcher);
      run = started;
      if (closed) {
        end();
      }
      return started;
    } catch (IOException broken) {
      throw FunctionFailure.invalidEntrypoint(broken);
    }
  }

  @Override
  public long cpuNanos() {
    Run current = run;
    if (current == null) {
      return 0;
    }
    return ProcessHandle.of(current.log.processId().getNow(0L))
        .flatMap(process -> process.info().totalCpuDuration())
        .map(Duration::toNanos)
        .orElse(0L);
  }

  @Override
  public long wantedNanos() {
    Run current = run;
    if (current == null) {
      return 0;
    }
    long pid = current.log.processId().getNow(0L);
    // Until its number is known the program is being started, and that wants a core.
    return pid == 0
        ? current.sinceStart.elapsedNanos()
        : SchedulerWait.wantedNanos(pid).orElse(cpuNanos());
  }

  private void end() {
    Run ended = run;
    if (ended != null) {
      ended.end();
      run = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    end();
    launcher.forget(this);
  }
}
