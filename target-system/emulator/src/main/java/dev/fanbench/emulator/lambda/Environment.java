package dev.fanbench.emulator.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.template.FunctionDefinition;
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
  private final FunctionDefinition function;
  private final HandlerLoader loader;
  private final Invoker invoker;
  private final QuotaCheck quotas;
  private final Thread thread;

  /** At most one request, and the word to stop. */
  private final BlockingQueue<Runnable> next = new LinkedBlockingQueue<>();

  /**
   * Whether the running request still holds its place under the cap; whoever clears it frees it.
   */
  private final AtomicBoolean holdsPlace = new AtomicBoolean();

  /** What is left of the cold start: all of it, or nothing. Of the thread that calls run. */
  private long coldStartNanos;

  private RequestStreamHandler handler;
  private volatile Invocation running;
  private volatile boolean stopped;

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

  /** Gives the environment its next request; it must be idle. */
  void run(Invocation invocation) {
    holdsPlace.set(true);
    running = invocation;
    invocation.runsIn(this);
    long initNanos = coldStartNanos;
    var unused =
        invocation
            .answer()
            .orTimeout(initNanos + function.timeout().toNanos(), TimeUnit.NANOSECONDS)
            .exceptionally(
                failure -> {
                  if (failure instanceof TimeoutException) {
                    invocation.abandon();
                  }
                  return null;
                });
    coldStartNanos = 0;
    if (initNanos == 0) {
      next.add(() -> handle(invocation, 0));
    } else {
      CompletableFuture.delayedExecutor(initNanos, TimeUnit.NANOSECONDS)
          .execute(() -> next.add(() -> handle(invocation, initNanos)));
    }
    if (invocation.isAbandoned()) {
      abandon(invocation);
    }
  }

  /** Ends the thread as soon as its request, if any, is over. */
  void stop() {
    stopped = true;
    next.add(() -> {});
  }

  /** Gives up a request that takes too long; its thread is told to end, and never used again. */
  void abandon(Invocation invocation) {
    if (running == invocation && holdsPlace.compareAndSet(true, false)) {
      stop();
      thread.interrupt();
      invoker.abandoned(invocation);
    }
  }

  private void work() {
    while (!stopped) {
      try {
        next.take().run();
      } catch (InterruptedException stop) {
        // Either stopped is set, or a request that was given up has come to its end by itself.
      }
    }
  }

  private void handle(Invocation invocation, long initNanos) {
    long startedAtNanos = System.nanoTime();
    byte[] output = null;
    Throwable failure = null;
    try {
      output = output(invocation, startedAtNanos);
    } catch (Throwable thrown) {
      // Handlers are foreign code: even an Error of theirs is only their own request's failure.
      failure = thrown;
      System.err.println(function.name() + " failed: " + causes(thrown));
    }
    invoker
        .figures()
        .invoked(
            initNanos + System.nanoTime() - startedAtNanos,
            function.memoryMegabytes(),
            failure != null);
    // Free before the answer is out, so that a request which follows on it finds this environment.
    if (holdsPlace.compareAndSet(true, false)) {
      invoker.finished(this);
    }
    if (failure == null) {
      invocation.answer().complete(output);
    } else {
      invocation.answer().completeExceptionally(failure);
    }
    invoker.over(invocation);
  }

  private byte[] output(Invocation invocation, long startedAtNanos) throws Exception {
    if (handler == null) {
      handler = loader.load(function);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    handler.handleRequest(
        new ByteArrayInputStream(invocation.event()),
        out,
        new FunctionContext(function, startedAtNanos));
    if (!quotas.allows(Quota.PAYLOAD_BYTES, out.size())) {
      throw new IOException(
          "its answer has %d bytes; allowed: %d"
              .formatted(out.size(), quotas.of(Quota.PAYLOAD_BYTES)));
    }
    return out.toByteArray();
  }

  private static String causes(Throwable thrown) {
    StringBuilder line = new StringBuilder().append(thrown);
    for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      line.append(", caused by ").append(cause);
    }
    return line.toString();
  }
}
