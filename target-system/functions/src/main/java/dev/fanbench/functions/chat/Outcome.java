package dev.fanbench.functions.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of a frame.
 *
 * @param delivered posts that arrived
 * @param gone members whose connections answered that they are gone
 * @param failed posts that failed in any other way
 * @param leftOut members that nobody tried to reach, because the fan-out broke off before them
 */
public record Outcome(int delivered, List<Member> gone, int failed, int leftOut) {

  /** What became of it altogether, when others were to reach other members. */
  Outcome and(Outcome other) {
    List<Member> all = new ArrayList<>(gone);
    all.addAll(other.gone);
    return new Outcome(
        delivered + other.delivered, all, failed + other.failed, leftOut + other.leftOut);
  }
}
