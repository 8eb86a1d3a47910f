package dev.fanbench.emulator.lambda;

import java.util.concurrent.atomic.LongAdder;

/** What invocations have cost so far. Thread-safe; every figure only grows. */
public final class LambdaFigures {
  private final LongAdder invocations = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder environments = new LongAdder();
  private final LongAdder abandoned = new LongAdder();
  private final LongAdder capReached = new LongAdder();
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

  void environmentAbandoned() {
    abandoned.increment();
  }

  void waited() {
    capReached.increment();
  }

  /** Requests that a handler has finished, well or not. */
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

  /** Requests that waited because the cap was reached. */
  public long capReached() {
    return capReached.sum();
  }

  /** Time in handlers, their construction included, times memory: GB × ms. */
  public long gigabyteMillis() {
    return megabyteNanos.sum() / (1_024L * 1_000_000L);
  }
}
