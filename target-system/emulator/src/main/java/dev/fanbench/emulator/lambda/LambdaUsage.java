package dev.fanbench.emulator.lambda;

import java.util.concurrent.atomic.LongAdder;

/** Counts invocations and their billed time. Thread-safe. */
public final class LambdaUsage {
  private final LongAdder invocations = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder environments = new LongAdder();
  private final LongAdder abandoned = new LongAdder();
  private final LongAdder capReached = new LongAdder();
  private final LongAdder threadsEnded = new LongAdder();
  private final LongAdder queueFull = new LongAdder();
  private final LongAdder megabyteNanos = new LongAdder();

  void invoked(long nanos, int megabytes, boolean failed) {
    invocations.increment();
    megabyteNanos.add(nanos * megabytes);
    if (failed) {
      failures.increment();
    }
  }

  void environmentCreated() {
    environments.increment();
  }

  /** A request was given up; it is billed for its time. */
  void abandoned(long nanos, int megabytes) {
    invoked(nanos, megabytes, false);
    abandoned.increment();
  }

  /** A process took too long; it is billed for its time, and no thread is left of it. */
  void timedOut(long nanos, int megabytes) {
    abandoned(nanos, megabytes);
    threadEnded();
  }

  /** The thread of a request that was given up has come to its end. */
  void threadEnded() {
    threadsEnded.increment();
  }

  void queueFull() {
    queueFull.increment();
  }

  void waited() {
    capReached.increment();
  }

  /** Requests that a handler has finished, well or not, or that were given up. */
  public long invocations() {
    return invocations.sum();
  }

  /** Requests whose handler threw. */
  public long failures() {
    return failures.sum();
  }

  /** Environments created. */
  public long environments() {
    return environments.sum();
  }

  /** Environments given up because their request took too long. */
  public long abandoned() {
    return abandoned.sum();
  }

  /** Threads of abandoned environments that go on: a gauge. */
  public long threadsLeft() {
    long ended = threadsEnded.sum();
    return abandoned.sum() - ended;
  }

  /** Requests refused because too many waited for the cap. */
  public long refusedByFullQueue() {
    return queueFull.sum();
  }

  /** Requests that waited because the cap was reached. */
  public long capReached() {
    return capReached.sum();
  }

  /** Time in handlers, their construction included, times memory: GB × ms. */
  public long gigabyteMillis() {
    return megabyteNanos.sum() / (1_024L * 1_000_000L);
  }
}
