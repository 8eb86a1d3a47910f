package dev.fanbench.protocol.fuzz;

import dev.fanbench.protocol.contract.ChatClient;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/** Waits for figures of a server, with every contract test's patience. */
public final class FuzzPatience {
  private static final long POLL_NANOS = 1_000_000;

  private FuzzPatience() {}

  /** Returns as soon as a figure has a value; fails after a while. */
  public static void await(String name, Callable<Long> figure, long value) throws Exception {
    await(name, figure, is -> is == value, "" + value);
  }

  /** Returns as soon as a figure is no more than that; fails after a while. */
  public static void awaitAtMost(String name, Callable<Long> figure, long most) throws Exception {
    await(name, figure, is -> is <= most, "at most " + most);
  }

  private static void await(
      String name, Callable<Long> figure, LongPredicate reached, String wanted) throws Exception {
    long deadlineNanos = System.nanoTime() + ChatClient.PATIENCE.toNanos();
    long is = figure.call();
    while (!reached.test(is)) {
      if (System.nanoTime() > deadlineNanos) {
        throw new AssertionError("%s is %d, not %s".formatted(name, is, wanted));
      }
      LockSupport.parkNanos(POLL_NANOS);
      is = figure.call();
    }
  }
}
