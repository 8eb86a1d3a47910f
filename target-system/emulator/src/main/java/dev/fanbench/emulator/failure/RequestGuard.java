package dev.fanbench.emulator.failure;

import dev.fanbench.emulator.latency.Hop;
import dev.fanbench.emulator.latency.Latency;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Runs the steps of one request. An exception in any of them is written to standard error and
 * answered; a further one is only written. Each exception is written once.
 *
 * <p>Steps run on the event loop of the request, so the guard needs no lock.
 */
public final class RequestGuard {
  private final String request;
  private final Runnable answer;
  private boolean failed;

  /**
   * A guard for one request.
   *
   * @param request names the kind of request in messages, such as {@code a message}
   * @param answer tells the client that its request failed; called once at most
   */
  public RequestGuard(String request, Runnable answer) {
    this.request = request;
    this.answer = answer;
  }

  /** Runs a step now. */
  public void run(Runnable step) {
    try {
      step.run();
    } catch (Throwable thrown) {
      // Errors too: a stack that overflows is the end of this request and of nothing else.
      report(request, thrown);
      answer();
    }
  }

  /** The step with this guard, for a timer. */
  public Runnable guarded(Runnable step) {
    return () -> run(step);
  }

  /** Runs a step as a task of {@code loop}. */
  public void execute(Executor loop, Runnable step) {
    loop.execute(() -> run(step));
  }

  /** Runs a step after {@code millis} milliseconds. */
  public ScheduledFuture<?> schedule(ScheduledExecutorService loop, long millis, Runnable step) {
    return loop.schedule(() -> run(step), millis, TimeUnit.MILLISECONDS);
  }

  /** Runs a step every {@code millis} milliseconds, whether it fails or not. */
  public void repeat(ScheduledExecutorService loop, long millis, Runnable step) {
    // Guarded within: a periodic task that throws once never runs again.
    var unused = loop.scheduleAtFixedRate(() -> run(step), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Runs a step when a hop's time is over: now, if the model leaves the hop alone. */
  public void take(Latency latency, Hop hop, ScheduledExecutorService loop, Runnable step) {
    latency.take(hop, loop, () -> run(step));
  }

  /** Runs a step when the rest of a hop's time is over, as {@link Latency#rest} has it. */
  public void rest(
      Latency latency,
      Hop hop,
      long drawnNanos,
      long takenNanos,
      ScheduledExecutorService timer,
      Runnable step) {
    latency.rest(hop, drawnNanos, takenNanos, timer, () -> run(step));
  }

  /** Runs a step as a task of {@code loop} when a future is complete, with result or failure. */
  public <T> void whenComplete(
      CompletableFuture<T> future, Executor loop, BiConsumer<T, Throwable> step) {
    var unused =
        future.whenComplete((result, failure) -> execute(loop, () -> step.accept(result, failure)));
  }

  private void answer() {
    if (failed) {
      return;
    }
    failed = true;
    try {
      answer.run();
    } catch (Throwable thrown) {
      report("the answer to " + request, thrown);
    }
  }

  /**
   * Writes a failure to standard error in one line.
   *
   * @param what names that which failed
   */
  public static void report(String what, Throwable thrown) {
    StackTraceElement[] stack = thrown.getStackTrace();
    System.err.println(what + " failed: " + thrown + (stack.length == 0 ? "" : " at " + stack[0]));
  }
}
