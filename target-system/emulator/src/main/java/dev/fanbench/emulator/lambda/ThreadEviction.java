package dev.fanbench.emulator.lambda;

import dev.fanbench.emulator.failure.RequestGuard;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends the thread of an abandoned request: interrupts it, and where that does not help, stops it if
 * the JVM can (up to Java 19). A thread inside a native call ends when the call returns.
 */
final class ThreadEviction {
  private static final long PAUSE_MILLIS = 100;
  private static final int INTERRUPTS = 10;
  private static final int ATTEMPTS = 100;

  private final String function;
  private final Thread thread;
  private final AtomicBoolean inHandler;
  private final Executor soon =
      CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  private final RequestGuard guard;
  private int attempts;

  /**
   * @param inHandler whether the thread is in the function's own code, which alone may be stopped
   */
  ThreadEviction(String function, Thread thread, AtomicBoolean inHandler) {
    this.function = function;
    this.thread = thread;
    this.inHandler = inHandler;
    this.guard = new RequestGuard("the eviction of " + function, () -> {});
  }

  /** Begins at once and goes on by timer. */
  void begin() {
    if (!thread.isAlive()) {
      return;
    }
    attempts++;
    thread.interrupt();
    if (attempts > INTERRUPTS && inHandler.get()) {
      stop(thread);
    }
    if (attempts == INTERRUPTS) {
      System.err.println(function + " was abandoned and goes on; its thread is told to stop");
    }
    if (attempts < ATTEMPTS) {
      guard.execute(soon, this::begin);
    }
  }

  /**
   * The JVM has no other way to end a thread that ignores interrupts. It is deprecated because the
   * thread's locks open in the middle of what they guard; what this thread works on is given up.
   */
  @SuppressWarnings({"deprecation", "removal"})
  private static void stop(Thread thread) {
    try {
      thread.stop();
    } catch (UnsupportedOperationException | NoSuchMethodError newer) {
      // It remains, and is counted.
    }
  }
}
