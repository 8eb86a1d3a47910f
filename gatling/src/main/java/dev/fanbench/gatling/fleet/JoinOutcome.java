package dev.fanbench.gatling.fleet;

import java.time.Duration;

/** The result of {@link Client#join}. */
public sealed interface JoinOutcome {

  /** One sentence without a full stop. */
  String sentence();

  /** The target confirmed the room, or confirms none. */
  record Joined(String room) implements JoinOutcome {
    @Override
    public String sentence() {
      return "joined #" + room;
    }
  }

  /**
   * No confirmation in time.
   *
   * @param wanted the confirmation of the dialect, in words
   * @param waited the reply timeout
   * @param instead the beginning of the last other frame that came meanwhile, or empty
   */
  record Unanswered(String room, String wanted, Duration waited, String instead)
      implements JoinOutcome {
    @Override
    public String sentence() {
      return "the join of #%s was not confirmed by %s within %d ms%s; is dialect=… right?"
          .formatted(
              room,
              wanted,
              waited.toMillis(),
              instead.isEmpty() ? "" : ", but '" + instead + "' arrived");
    }
  }

  /**
   * The target said that it cannot now; it may be asked again.
   *
   * @param answer the beginning of the frame that says so
   */
  record Overwhelmed(String room, String answer) implements JoinOutcome {
    @Override
    public String sentence() {
      return "the way into #" + room + " was answered with '" + answer + "'";
    }
  }

  /**
   * The target declined for good.
   *
   * @param answer the beginning of the frame that says so
   */
  record Refused(String room, String answer) implements JoinOutcome {
    @Override
    public String sentence() {
      return "the target refused the join of #" + room + " with '" + answer + "'";
    }
  }

  /**
   * The frames that open a connection were not exchanged.
   *
   * @param why a sentence without a full stop
   */
  record NotOpened(String room, String why) implements JoinOutcome {
    @Override
    public String sentence() {
      return why;
    }
  }

  /**
   * The connection was closed or closing, or was lost before the answer.
   *
   * @param reason the way in which it was lost, in one clause; empty when the load closed it
   */
  record NotConnected(String room, String reason) implements JoinOutcome {
    @Override
    public String sentence() {
      return reason.isEmpty()
          ? "the connection was lost before it was in #" + room
          : reason + " before it was in #" + room + "; the dialect or the URL may be wrong";
    }
  }
}
