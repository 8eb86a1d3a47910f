package dev.fanbench.protocol.rpc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs things later. Thread-safe. */
@FunctionalInterface
public interface Timer {

  /** Takes back what was to be run; does nothing once it runs. */
  @FunctionalInterface
  interface Cancellation {
    /** Takes it back, and lets go of it. */
    void cancel();
  }

  /** Runs {@code task}, which must not block, once {@code delay} has passed. */
  Cancellation after(Duration delay, Runnable task);

  /** The JDK's own timer, whose one daemon thread all users share. */
  static Timer system() {
    return (delay, task) -> {
      CompletableFuture<Void> due = new CompletableFuture<>();
      var unused = due.thenRun(task);
      due.completeOnTimeout(null, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> due.cancel(false);
    };
  }
}
