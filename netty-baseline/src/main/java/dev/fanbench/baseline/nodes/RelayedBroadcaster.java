package dev.fanbench.baseline.nodes;

import dev.fanbench.baseline.broadcast.Broadcaster;
import dev.fanbench.baseline.broadcast.RoomMembership;
import dev.fanbench.baseline.broadcast.Subscriber;
import java.util.List;

/** The part of an audience that is on this node, and the way to the rest of it. */
final class RelayedBroadcaster implements Broadcaster {
  private final Broadcaster here;
  private final String channel;
  private final PublicationRelay relay;

  /**
   * @param here the members on this node
   * @param channel of the audience, in Redis
   */
  RelayedBroadcaster(Broadcaster here, String channel, PublicationRelay relay) {
    this.here = here;
    this.channel = channel;
    this.relay = relay;
  }

  @Override
  public RoomMembership join(Subscriber subscriber) {
    return here.join(subscriber);
  }

  /**
   * To Redis first, which takes a queue and no I/O, so that other nodes do not wait for this one.
   */
  @Override
  public void publish(String text, Subscriber except) {
    relay.offer(channel, text, except == null ? null : except.channel().eventLoop());
    here.publish(text, except);
  }

  @Override
  public void publishEncoded(List<byte[]> texts) {
    here.publishEncoded(texts);
  }

  @Override
  public int size() {
    return here.size();
  }
}
