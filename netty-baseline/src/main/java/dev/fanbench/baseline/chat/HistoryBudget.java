package dev.fanbench.baseline.chat;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that the histories of all rooms share. Thread-safe. */
final class HistoryBudget {
  private final long mostBytes;
  private final AtomicLong takenBytes = new AtomicLong();

  HistoryBudget(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Takes bytes if there are so many; false if there are not. */
  boolean take(long bytes) {
    if (takenBytes.addAndGet(bytes) <= mostBytes) {
      return true;
    }
    takenBytes.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    takenBytes.addAndGet(-bytes);
  }

  long takenBytes() {
    return takenBytes.get();
  }
}
