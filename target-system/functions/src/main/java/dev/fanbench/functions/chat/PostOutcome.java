package dev.fanbench.functions.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of delivering one frame, as numbers of posts.
 *
 * @param delivered posts that arrived
 * @param gone members whose connections answered that they are gone
 * @param failed posts that failed in any other way
 * @param leftOut members without a post, because the fan-out broke off before them
 */
public record PostOutcome(int delivered, List<Member> gone, int failed, int leftOut) {

  /** The sum of this result and the result for other members. */
  PostOutcome and(PostOutcome other) {
    List<Member> all = new ArrayList<>(gone);
    all.addAll(other.gone);
    return new PostOutcome(
        delivered + other.delivered, all, failed + other.failed, leftOut + other.leftOut);
  }
}
