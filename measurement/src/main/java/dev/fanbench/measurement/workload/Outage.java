package dev.fanbench.measurement.workload;

import java.util.Locale;

/**
 * The event that ends every connection in the middle of a phase, so that all subscribers have to
 * come back. A target that is one process is stopped and started again on the same port. One whose
 * connections belong to a gateway loses them all while it stays where it is.
 */
public enum Outage {
  /** Nothing does. */
  NONE("nothing"),
  /** The target closes connections with 1001 before it goes. */
  GRACEFUL("stopped gracefully"),
  /** The target is gone without a word. */
  KILLED("killed");

  /** The load's counter of connects tried by those who came back, or tried to. */
  public static final String TRIES = "reconnect.tries";

  /** The load's counter of nanoseconds from the first loss until the last subscriber was back. */
  public static final String ALL_BACK_NANOS = "reconnect.allBackNanos";

  /** The load's counter of nanoseconds from the outage until the target accepted connections. */
  public static final String DOWN_NANOS = "outage.downNanos";

  private final String text;

  Outage(String text) {
    this.text = text;
  }

  /** The event for a target that is one process, as in "was killed". */
  public String text() {
    return text;
  }

  /** Whether there is one. */
  public boolean any() {
    return this != NONE;
  }

  /** For a phase's name: {@code -killed}, empty for none. */
  public String suffix() {
    return any() ? "-" + name().toLowerCase(Locale.ROOT) : "";
  }
}
