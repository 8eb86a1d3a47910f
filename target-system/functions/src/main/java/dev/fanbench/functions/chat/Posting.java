package dev.fanbench.functions.chat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * How a frame is posted to many members, and what becomes of those that are gone.
 *
 * @param inFlight posts that one frame has in flight at most
 * @param atGone what a member that is gone leads to
 * @param staleGrace a member that is gone is forgotten only when it connected longer ago; a younger
 *     one may still be in its handshake, during which posts are answered with "gone" too
 */
public record Posting(int inFlight, AtGone atGone, Duration staleGrace) {

  /** What a member that is gone leads to. */
  public enum AtGone {
    /** Everyone else has the frame, and the member is forgotten. */
    FORGET,
    /** Everyone else has the frame, and the member stays. */
    GO_ON,
    /** Nobody after it has the frame, the event fails, and the member stays. */
    BREAK_OFF
  }

  /** Those of {@code gone} that are to be forgotten, as gone for good. */
  List<Member> stale(Collection<Member> gone, long nowMillis) {
    long newest = nowMillis - staleGrace.toMillis();
    return gone.stream()
        .filter(member -> atGone == AtGone.FORGET && member.connectedAtMillis() < newest)
        .toList();
  }

  /** Those of {@code gone} of whom nothing becomes but a line in the log. */
  Collection<Member> ignored(Collection<Member> gone) {
    return atGone == AtGone.GO_ON ? gone : List.of();
  }

  /** Whether these members that are gone end the fan-out for everyone else. */
  boolean breaksOffAt(Collection<Member> gone) {
    return atGone == AtGone.BREAK_OFF && !gone.isEmpty();
  }
}
