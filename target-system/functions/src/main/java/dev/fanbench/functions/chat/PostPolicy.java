package dev.fanbench.functions.chat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The limit on posts in flight and the treatment of members whose connections are gone.
 *
 * @param inFlight the most posts that one frame has in flight
 * @param atGone the reaction to a member that is gone
 * @param staleGrace a gone member is removed only when its connection is older than this. A younger
 *     one may still be in its handshake, during which posts are answered with "gone" too
 */
public record PostPolicy(int inFlight, AtGone atGone, Duration staleGrace) {

  /** The reaction to a member that is gone. */
  public enum AtGone {
    /** All other members receive the frame, and the gone member is removed. */
    FORGET,
    /** All other members receive the frame, and the gone member stays. */
    GO_ON,
    /** Members after it receive no frame, the event fails, and the gone member stays. */
    BREAK_OFF
  }

  /** The members of {@code gone} that are gone for good and are to be removed. */
  List<Member> stale(Collection<Member> gone, long nowMillis) {
    long newest = nowMillis - staleGrace.toMillis();
    return gone.stream()
        .filter(member -> atGone == AtGone.FORGET && member.connectedAtMillis() < newest)
        .toList();
  }

  /** The members of {@code gone} that only lead to a line in the log. */
  Collection<Member> ignored(Collection<Member> gone) {
    return atGone == AtGone.GO_ON ? gone : List.of();
  }

  /** Whether these gone members end the fan-out for all other members. */
  boolean breaksOffAt(Collection<Member> gone) {
    return atGone == AtGone.BREAK_OFF && !gone.isEmpty();
  }
}
