package dev.fanbench.baseline.broadcast;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Encodes a publication once and hands each event loop that has members one task.
 *
 * <p>Each loop but the publisher's gets its own copy of the bytes: reference counts that several
 * cores change for each delivery cost more than copying a frame.
 */
final class EncodeOnceBroadcaster implements Broadcaster {
  private final EventLoops loops;
  private final ByteBufAllocator allocator;
  private final LoopMembers[] membersByLoop;

  /**
   * @param joins whether publications that a loop reads in one turn are written together
   */
  EncodeOnceBroadcaster(
      EventLoops loops,
      ByteBufAllocator allocator,
      SlowPolicy slow,
      DeliveryCounters counters,
      boolean joins) {
    this.loops = loops;
    this.allocator = allocator;
    this.membersByLoop =
        loops.all().stream()
            .map(loop -> new LoopMembers(loop, slow, counters, joins))
            .toArray(LoopMembers[]::new);
  }

  @Override
  public Membership join(Subscriber subscriber) {
    return membersByLoop[loops.indexOf(subscriber.loop())].add(subscriber);
  }

  @Override
  public void publish(String text, Subscriber except) {
    ByteBuf frame = TextFrames.encode(allocator, text);
    try {
      LoopMembers own = null;
      for (LoopMembers members : membersByLoop) {
        if (members.isOwnLoop()) {
          own = members;
        } else if (members.size() > 0) {
          members.acceptLater(frame.copy(), except);
        }
      }
      // Last, so that the other loops do not wait for this one.
      if (own != null) {
        own.accept(frame, except);
      }
    } finally {
      frame.release();
    }
  }

  @Override
  public int size() {
    int size = 0;
    for (LoopMembers members : membersByLoop) {
      size += members.size();
    }
    return size;
  }
}
