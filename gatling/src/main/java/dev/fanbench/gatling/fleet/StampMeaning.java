package dev.fanbench.gatling.fleet;

/** The meaning of a stamped text that reaches a client. */
public sealed interface StampMeaning {

  /**
   * A member of a room who counts: each stamped text is a delivery.
   *
   * @param index the subscriber's number in its phase, from 0
   */
  record Subscriber(int index) implements StampMeaning {
    public Subscriber {
      requireIndex(index);
    }
  }

  /**
   * Asks and waits for the answer to itself: each stamped answer is a delivery.
   *
   * @param index the subscriber number its deliveries are recorded under, from 0
   */
  record RoundTrip(int index) implements StampMeaning {
    public RoundTrip {
      requireIndex(index);
    }
  }

  /** Sends to a room; copies of other publishers' texts count as other, never as deliveries. */
  record Publisher() implements StampMeaning {}

  /** A member that is not measured: neither its deliveries nor its end count. */
  record Background() implements StampMeaning {}

  private static void requireIndex(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("index=" + index + " is not allowed, must be 0 or more");
    }
  }
}
