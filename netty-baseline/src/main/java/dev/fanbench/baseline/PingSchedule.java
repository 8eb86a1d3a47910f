package dev.fanbench.baseline;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Checks the clients of one event loop for signs of life, each once an interval. Those due are at
 * the head of a list, so a tick costs nothing for the others and a connection costs no timer. Many
 * that came at the same time are spread over several ticks. Belongs to the event loop.
 */
final class PingSchedule {
  /** Time between two ticks, in milliseconds. */
  static final int TICK_MILLIS = 100;

  private static final int LEAST_A_TICK = 8;

  private final InstantSource clock;
  private final long intervalMillis;
  private final PingCounter counters;
  private ClientActivity first;
  private ClientActivity last;
  private int size;

  /**
   * A schedule without clients.
   *
   * @param interval between two checks of a client; zero for none
   */
  PingSchedule(InstantSource clock, Duration interval, PingCounter counters) {
    this.clock = clock;
    this.intervalMillis = interval.toMillis();
    this.counters = counters;
  }

  PingCounter counters() {
    return counters;
  }

  /** Checks this client, for the first time after an interval. */
  void add(ClientActivity activity) {
    if (intervalMillis > 0) {
      activity.dueMillis = clock.millis() + intervalMillis;
      append(activity);
    }
  }

  /** Checks this client no more; one that is not checked is no error. */
  void remove(ClientActivity activity) {
    if (activity.listed) {
      detach(activity);
    }
  }

  /** Checks those who are due, but not many more than come due in this time on average. */
  void tick() {
    long now = clock.millis();
    long most = LEAST_A_TICK + 2L * size * TICK_MILLIS / Math.max(1, intervalMillis);
    for (int i = 0; i < most && first != null && first.dueMillis <= now; i++) {
      ClientActivity due = first;
      detach(due);
      due.dueMillis = now + intervalMillis;
      append(due);
      due.beat();
    }
  }

  private void append(ClientActivity activity) {
    activity.listed = true;
    activity.previous = last;
    if (last == null) {
      first = activity;
    } else {
      last.next = activity;
    }
    last = activity;
    size++;
  }

  private void detach(ClientActivity activity) {
    if (activity.previous == null) {
      first = activity.next;
    } else {
      activity.previous.next = activity.next;
    }
    if (activity.next == null) {
      last = activity.previous;
    } else {
      activity.next.previous = activity.previous;
    }
    activity.previous = null;
    activity.next = null;
    activity.listed = false;
    size--;
  }
}
