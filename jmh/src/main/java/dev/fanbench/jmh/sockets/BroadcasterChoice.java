package dev.fanbench.jmh.sockets;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import dev.fanbench.baseline.broadcast.Broadcaster;
import dev.fanbench.baseline.broadcast.DeliveryCounter;
import dev.fanbench.baseline.broadcast.ServerLoopGroup;
import dev.fanbench.baseline.broadcast.SlowPolicy;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A broadcaster by its name: a kind of the in-memory server's, or a class of the user. */
public sealed interface BroadcasterChoice {

  /**
   * Reads a name.
   *
   * @param name a {@link BroadcastKind}, or a class that implements {@link RoomBroadcaster}
   * @throws IllegalArgumentException when it is neither; the message says what is allowed
   */
  static BroadcasterChoice parse(String name) {
    return Arrays.stream(BroadcastKind.values())
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .<BroadcasterChoice>map(Shipped::new)
        .orElseGet(() -> own(name));
  }

  private static BroadcasterChoice own(String name) {
    try {
      Class<?> found = Class.forName(name);
      if (RoomBroadcaster.class.isAssignableFrom(found)) {
        return new Own(found.asSubclass(RoomBroadcaster.class));
      }
      throw refusal(name, "the class does not implement it");
    } catch (ClassNotFoundException e) {
      throw refusal(name, "no such class is on the class path");
    }
  }

  private static IllegalArgumentException refusal(String name, String why) {
    return new IllegalArgumentException(
        "kind=%s is not allowed; kind takes %s, or the name of a class that implements %s (%s)"
            .formatted(
                name,
                Arrays.stream(BroadcastKind.values())
                    .map(BroadcastKind::name)
                    .collect(Collectors.joining(", ")),
                RoomBroadcaster.class.getName(),
                why));
  }

  /** An audience without members. */
  Broadcaster create(ServerLoopGroup loops, ByteBufAllocator allocator, DeliveryCounter counters);

  /** Whether it can send deflated frames. */
  boolean deflates();

  /** A broadcaster of the in-memory server. */
  record Shipped(BroadcastKind kind) implements BroadcasterChoice {
    @Override
    public Broadcaster create(
        ServerLoopGroup loops, ByteBufAllocator allocator, DeliveryCounter counters) {
      return kind.create(loops, allocator, new SlowPolicy.Drop(), counters);
    }

    @Override
    public boolean deflates() {
      return kind.deflates();
    }
  }

  /** A broadcaster of the user's. */
  record Own(Class<? extends RoomBroadcaster> type) implements BroadcasterChoice {
    @Override
    public Broadcaster create(
        ServerLoopGroup loops, ByteBufAllocator allocator, DeliveryCounter counters) {
      try {
        return new OwnBroadcaster(type.getConstructor().newInstance());
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException(
            type.getName() + " needs a public constructor without parameters that succeeds", e);
      }
    }

    @Override
    public boolean deflates() {
      return false;
    }
  }
}
