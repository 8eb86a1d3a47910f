package dev.fanbench.protocol.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A timer whose time passes when a test says so. Thread-safe. */
public final class ManualTimer implements Timer {
  /** One thing to run at {@code due}, known by its number. */
  private record Entry(long number, Duration due, Runnable task) {}

  private final List<Entry> entries = new ArrayList<>();
  private long lastNumber;
  private Duration now = Duration.ZERO;

  @Override
  public synchronized Cancellation after(Duration delay, Runnable task) {
    Entry entry = new Entry(++lastNumber, now.plus(delay), task);
    entries.add(entry);
    return () -> cancel(entry);
  }

  private synchronized void cancel(Entry entry) {
    entries.removeIf(other -> other.number() == entry.number());
  }

  /** Lets time pass, and runs what has come due, on this thread. */
  public void advance(Duration time) {
    List<Entry> due;
    synchronized (this) {
      now = now.plus(time);
      due = entries.stream().filter(entry -> entry.due().compareTo(now) <= 0).toList();
      entries.removeAll(due);
    }
    due.forEach(entry -> entry.task().run());
  }

  /** What is still to run. */
  public synchronized int size() {
    return entries.size();
  }
}
