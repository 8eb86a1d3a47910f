package dev.fanbench.baseline.broadcast;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/**
 * Encodes a publication once, deflates it once if a member wants that, and hands each event loop
 * that has members one task. Publications that come from another node together are one task, too.
 *
 * <p>Each loop but the publisher's gets its own copy of the bytes: reference counts that several
 * cores change for each delivery cost more than copying a frame.
 */
final class EncodeOnceBroadcaster implements Broadcaster {
  private final ServerLoopGroup loops;
  private final ByteBufAllocator allocator;
  private final DeliveryCounter counters;
  private final LoopMemberList[] membersByLoop;

  /**
   * @param joins whether publications that a loop reads in one turn are written together
   */
  EncodeOnceBroadcaster(
      ServerLoopGroup loops,
      ByteBufAllocator allocator,
      SlowPolicy slow,
      DeliveryCounter counters,
      boolean joins) {
    this.loops = loops;
    this.allocator = allocator;
    this.counters = counters;
    this.membersByLoop =
        loops.all().stream()
            .map(loop -> new LoopMemberList(loop, loops.queueOf(loop), slow, counters, joins))
            .toArray(LoopMemberList[]::new);
  }

  @Override
  public RoomMembership join(Subscriber subscriber) {
    return membersByLoop[loops.indexOf(subscriber.loop())].add(subscriber);
  }

  @Override
  public void publish(String text, Subscriber except) {
    deliver(deflate(TextFrameWriter.encode(allocator, text), except), except);
  }

  @Override
  public void publishEncoded(List<byte[]> texts) {
    OutgoingPublication[] frames = new OutgoingPublication[texts.size()];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = deflate(TextFrameWriter.encode(allocator, texts.get(i)), null);
    }
    try {
      for (LoopMemberList members : membersByLoop) {
        if (members.size() > 0) {
          members.acceptLater(copy(frames), null);
        }
      }
    } finally {
      for (OutgoingPublication each : frames) {
        each.release();
      }
    }
  }

  private static OutgoingPublication[] copy(OutgoingPublication... frames) {
    OutgoingPublication[] copies = new OutgoingPublication[frames.length];
    for (int i = 0; i < frames.length; i++) {
      copies[i] = frames[i].copy();
    }
    return copies;
  }

  private void deliver(OutgoingPublication frames, Subscriber except) {
    try {
      LoopMemberList own = null;
      for (LoopMemberList members : membersByLoop) {
        if (members.isOwnLoop()) {
          own = members;
        } else if (members.size() > 0) {
          members.acceptLater(copy(frames), except);
        }
      }
      // Last, so that the other loops do not wait for this one.
      if (own != null) {
        own.accept(frames, except);
      }
    } finally {
      frames.release();
    }
  }

  /** A member that joins meanwhile may get the plain frame, which every member can read. */
  private OutgoingPublication deflate(ByteBuf plain, Subscriber except) {
    int deflating = except != null && except.deflates() ? -1 : 0;
    for (LoopMemberList members : membersByLoop) {
      deflating += members.deflating();
    }
    if (deflating <= 0) {
      return new OutgoingPublication(plain, null);
    }
    counters.countDeflated();
    return new OutgoingPublication(plain, FrameDeflater.of(plain));
  }

  @Override
  public int size() {
    int size = 0;
    for (LoopMemberList members : membersByLoop) {
      size += members.size();
    }
    return size;
  }
}
