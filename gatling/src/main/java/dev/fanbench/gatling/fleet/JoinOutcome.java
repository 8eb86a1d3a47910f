package dev.fanbench.gatling.fleet;

import java.time.Duration;

/** The result of {@link Client#join}. */
public sealed interface JoinOutcome {

  /** The target confirmed the room, or knows none. */
  record Joined(String room) implements JoinOutcome {}

  /**
   * No {@code Changed to #room} in time.
   *
   * @param waited the reply timeout
   * @param instead the beginning of the last other text that came meanwhile, or empty
   */
  record Unanswered(String room, Duration waited, String instead) implements JoinOutcome {}

  /**
   * The target said that it cannot now, in API Gateway's words for it; it may be asked again.
   *
   * @param answer the beginning of what it said
   */
  record Overwhelmed(String room, String answer) implements JoinOutcome {}

  /**
   * The connection was closed or closing, or was lost before the answer.
   *
   * @param reason the way in which it was lost, in one clause; empty when the load closed it
   */
  record NotConnected(String room, String reason) implements JoinOutcome {}

  /** One sentence without a full stop. */
  default String sentence() {
    if (this instanceof Joined joined) {
      return "joined #" + joined.room();
    } else if (this instanceof Unanswered none) {
      return "/channel "
          + none.room()
          + " was not answered with 'Changed to #"
          + none.room()
          + "' within "
          + none.waited().toMillis()
          + " ms"
          + (none.instead().isEmpty() ? "" : " but with '" + none.instead() + "'")
          + "; a server without rooms is measured with dialect=plain";
    }
    if (this instanceof Overwhelmed refused) {
      return "the way into #" + refused.room() + " was answered with '" + refused.answer() + "'";
    }
    NotConnected lost = (NotConnected) this;
    return lost.reason().isEmpty()
        ? "the connection was lost before it was in #" + lost.room()
        : lost.reason()
            + " before it was in #"
            + lost.room()
            + "; the dialect or the URL may be wrong";
  }
}
