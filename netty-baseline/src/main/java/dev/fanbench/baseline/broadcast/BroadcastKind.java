package dev.fanbench.baseline.broadcast;

import io.netty.buffer.ByteBufAllocator;
import java.util.Locale;

/** The ways to broadcast, by the names that users choose them with. */
public enum BroadcastKind {
  /** As {@link #ENCODE_ONCE}, and what an event loop reads in one turn goes out in one write. */
  JOINED,
  /** One encoded frame for all, one task per event loop, one write per delivery. */
  ENCODE_ONCE,
  /** Netty's own channel group and one frame object per member: what one writes first. */
  CHANNEL_GROUP;

  /** An audience without members. */
  public Broadcaster create(
      EventLoops loops, ByteBufAllocator allocator, DeliveryCounters counters) {
    return switch (this) {
      case JOINED -> new EncodeOnceBroadcaster(loops, allocator, counters, true);
      case ENCODE_ONCE -> new EncodeOnceBroadcaster(loops, allocator, counters, false);
      case CHANNEL_GROUP -> new ChannelGroupBroadcaster(counters);
    };
  }

  /** The name on the command line, for example {@code encode-once}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
