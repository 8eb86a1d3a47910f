package dev.fanbench.emulator;

import java.util.ArrayDeque;
import java.util.Deque;

/** Collects the parts that a start has opened, to close them if it fails. For one thread. */
final class StartRollback {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Adds a part, and returns it. */
  <T extends AutoCloseable> T add(T part) {
    opened.push(part);
    return part;
  }

  /**
   * Closes all parts, the last one first.
   *
   * @param failed gets the failures of those that do not close
   */
  void closeAfter(Throwable failed) {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception also) {
        failed.addSuppressed(also);
      }
    }
  }
}
