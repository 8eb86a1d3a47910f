package dev.fanbench.emulator.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.template.FunctionDefinition;
import dev.fanbench.target.Stopwatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One handler instance on a thread of its own, for one request at a time. The handler is
 * constructed by the first request, on this thread; an environment whose handler could not be
 * constructed tries again with the next.
 */
final class Environment {
  /** Added to the time of a process, so that its handler is the first to end it. */
  private static final Duration SPARE = Duration.ofSeconds(1);

  private final FunctionDefinition function;
  private final HandlerLoader loader;
  private final Invoker invoker;
  private final QuotaCheck quotas;
  private final Thread thread;

  /** Of timers, whose failures have nothing to answer: the caller has a time limit of its own. */
  private final RequestGuard guard;

  /** At most one request, and the word to stop. */
  private final BlockingQueue<Runnable> next = new LinkedBlockingQueue<>();

  /** Whether the request is neither answered nor given up; the one who clears it ends it. */
  private final AtomicBoolean inProgress = new AtomicBoolean();

  private final AtomicBoolean inHandler = new AtomicBoolean();

  /** The remaining time of the cold start: all of it, or 0. Only for the thread that calls run. */
  private long coldStartNanos;

  /** Written by this thread; others read it for the processor time of its process. */
  private volatile RequestStreamHandler handler;

  private volatile Invocation running;
  private volatile boolean stopped;
  private volatile boolean abandoned;

  /** Ends the request when its time is over; of the thread that calls run. */
  private CompletableFuture<Void> limit = new CompletableFuture<>();

  private Stopwatch sinceStart;
  private long longestNanos;

  /**
   * @param coldStart what it takes to be ready for the first request, which is billed, too
   */
  Environment(
      FunctionDefinition function,
      HandlerLoader loader,
      Invoker invoker,
      Duration coldStart,
      QuotaCheck quotas,
      int number) {
    this.function = function;
    this.loader = loader;
    this.invoker = invoker;
    this.quotas = quotas;
    this.guard = new RequestGuard("a timer of " + function.name(), () -> {});
    this.coldStartNanos = coldStart.toNanos();
    this.thread = new Thread(this::work, "fn-" + number);
    this.thread.setDaemon(true);
  }

  FunctionDefinition function() {
    return function;
  }

  void start() {
    thread.start();
  }

  Thread thread() {
    return thread;
  }

  /** Processor time of what runs the function, in nanoseconds: of this thread, or of a process. */
  long cpuNanos(CoreUse cores) {
    if (!function.hasOwnProcess()) {
      return cores.cpuNanos(thread);
    }
    return handler instanceof ProcessHandler process ? process.cpuNanos() : 0;
  }

  /**
   * The same with the time that it waited for a core, as far as that is known.
   *
   * @param cpuNanos its processor time
   */
  long wantedNanos(long cpuNanos) {
    return handler instanceof ProcessHandler process ? process.wantedNanos() : cpuNanos;
  }

  /** Gives the environment its next request; it must be idle. */
  void run(Invocation invocation) {
    long initNanos = coldStartNanos;
    coldStartNanos = 0;
    sinceStart = new Stopwatch();
    longestNanos = initNanos + longest(function).toNanos();
    CompletableFuture<Void> mine = new CompletableFuture<>();
    limit = mine;
    inProgress.set(true);
    running = invocation;
    invocation.runsIn(this);
    guard.whenComplete(
        mine.orTimeout(longestNanos, TimeUnit.NANOSECONDS),
        Runnable::run,
        (inTime, late) -> {
          if (late != null) {
            invocation.abandon();
          }
        });
    if (initNanos == 0) {
      next.add(() -> handle(invocation, 0, mine));
    } else {
      guard.execute(
          CompletableFuture.delayedExecutor(initNanos, TimeUnit.NANOSECONDS),
          () -> next.add(() -> handle(invocation, initNanos, mine)));
    }
    if (invocation.isAbandoned()) {
      abandon(invocation);
    }
  }

  /**
   * The time after which a request has been answered, if anything works. The handler of a process
   * keeps the timeout itself.
   */
  static Duration longest(FunctionDefinition function) {
    return function.hasOwnProcess()
        ? function.timeout().plus(ProcessHandler.LONGEST_INIT).plus(SPARE)
        : function.timeout();
  }

  /** Ends the thread as soon as its request, if any, is over. */
  void stop() {
    stopped = true;
    next.add(() -> {});
  }

  /**
   * Gives up a request that takes too long: it is billed for its time and answered by a {@link
   * TimeoutException}, and its thread ends.
   */
  void abandon(Invocation invocation) {
    if (running == invocation && inProgress.compareAndSet(true, false)) {
      limit.complete(null);
      long nanos = Math.min(sinceStart.elapsedNanos(), longestNanos);
      invoker.figures().abandoned(nanos, function.memoryMegabytes());
      abandoned = true;
      stop();
      new ThreadEviction(function.name(), thread, inHandler).begin();
      invoker.left(this);
      invocation
          .answer()
          .completeExceptionally(new TimeoutException(function.name() + " was given up"));
      invoker.over(invocation);
    }
  }

  private void work() {
    try {
      while (!stopped) {
        handleNext();
      }
    } finally {
      if (handler instanceof ProcessHandler process) {
        process.close();
      }
      if (abandoned) {
        invoker.figures().threadEnded();
      }
    }
  }

  private void handleNext() {
    try {
      next.take().run();
    } catch (InterruptedException stop) {
      // Either stopped is set, or a request that was given up has come to its end by itself.
    }
  }

  private void handle(Invocation invocation, long initNanos, CompletableFuture<Void> itsLimit) {
    Stopwatch watch = new Stopwatch();
    byte[] output = null;
    Throwable failure = null;
    inHandler.set(true);
    try {
      output = output(invocation);
    } catch (Throwable thrown) {
      // Handlers are foreign code: even an Error of theirs is only their own request's failure.
      failure = thrown;
    }
    inHandler.set(false);
    if (!inProgress.compareAndSet(true, false)) {
      return;
    }
    itsLimit.complete(null);
    if (failure != null) {
      System.err.println(function.name() + " failed: " + causes(failure));
    }
    long nanos = initNanos + watch.elapsedNanos();
    if (failure instanceof FunctionException reported && reported.isTimeout()) {
      invoker.figures().timedOut(nanos, function.memoryMegabytes());
    } else {
      invoker.figures().invoked(nanos, function.memoryMegabytes(), failure != null);
    }
    // Free before the answer is out, so that a request which follows on it finds this environment.
    invoker.finished(this);
    if (failure == null) {
      invocation.answer().complete(output);
    } else {
      invocation.answer().completeExceptionally(failure);
    }
    invoker.over(invocation);
  }

  private byte[] output(Invocation invocation) throws Exception {
    if (handler == null) {
      handler = loader.load(function);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    handler.handleRequest(
        new ByteArrayInputStream(invocation.event()), out, new FunctionContext(function));
    if (!quotas.allows(Quota.PAYLOAD_BYTES, out.size())) {
      throw new IOException(
          "its answer has %d bytes; allowed: %d"
              .formatted(out.size(), quotas.of(Quota.PAYLOAD_BYTES)));
    }
    return out.toByteArray();
  }

  private static String causes(Throwable thrown) {
    if (thrown instanceof FunctionException reported) {
      return reported.sentence();
    }
    StringBuilder line = new StringBuilder().append(thrown);
    for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      line.append(", caused by ").append(cause);
    }
    return line.toString();
  }
}
