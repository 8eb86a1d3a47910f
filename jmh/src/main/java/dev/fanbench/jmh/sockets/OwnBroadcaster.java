package dev.fanbench.jmh.sockets;

import dev.fanbench.baseline.broadcast.Broadcaster;
import dev.fanbench.baseline.broadcast.RoomMembership;
import dev.fanbench.baseline.broadcast.Subscriber;
import java.util.List;

/** A user's broadcaster in the place of the in-memory server's. Members stay until the end. */
final class OwnBroadcaster implements Broadcaster {
  private final RoomBroadcaster own;
  private int members;

  OwnBroadcaster(RoomBroadcaster own) {
    this.own = own;
  }

  @Override
  public RoomMembership join(Subscriber subscriber) {
    own.join(subscriber.channel());
    members++;
    return () -> {
      throw new UnsupportedOperationException("members of this room stay");
    };
  }

  @Override
  public void publish(String text, Subscriber except) {
    own.publish(text);
  }

  @Override
  public void publishEncoded(List<byte[]> texts) {
    throw new UnsupportedOperationException("this room has no other nodes");
  }

  @Override
  public int size() {
    return members;
  }
}
