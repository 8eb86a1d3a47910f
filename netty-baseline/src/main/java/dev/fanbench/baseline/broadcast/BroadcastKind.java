package dev.fanbench.baseline.broadcast;

import io.netty.buffer.ByteBufAllocator;
import java.util.Locale;

/** The ways to broadcast, by the names that users choose them with. */
public enum BroadcastKind {
  /** As {@link #ENCODE_ONCE}, and what an event loop reads in one turn goes out in one write. */
  JOINED,
  /** One encoded frame for all, one task per event loop, one write per delivery. */
  ENCODE_ONCE,
  /**
   * Netty's own channel group and one frame object per member: what one writes first. It withholds
   * copies from slow subscribers and can do nothing else about them.
   */
  CHANNEL_GROUP;

  /**
   * An audience without members.
   *
   * @throws IllegalArgumentException when this kind cannot follow the policy
   */
  public Broadcaster create(
      ServerLoopGroup loops,
      ByteBufAllocator allocator,
      SlowPolicy slow,
      DeliveryCounter counters) {
    checkSupports(slow);
    return switch (this) {
      case JOINED -> new EncodeOnceBroadcaster(loops, allocator, slow, counters, true);
      case ENCODE_ONCE -> new EncodeOnceBroadcaster(loops, allocator, slow, counters, false);
      case CHANNEL_GROUP -> new ChannelGroupBroadcaster(counters);
    };
  }

  /** Whether it can send deflated frames. */
  public boolean deflates() {
    return this != CHANNEL_GROUP;
  }

  /** Throws what {@link #create} would. */
  public void checkSupports(SlowPolicy slow) {
    if (this == CHANNEL_GROUP && !(slow instanceof SlowPolicy.Drop)) {
      throw new IllegalArgumentException("broadcast is channel-group; with it, --slow is drop");
    }
  }

  /** The name on the command line, for example {@code encode-once}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
