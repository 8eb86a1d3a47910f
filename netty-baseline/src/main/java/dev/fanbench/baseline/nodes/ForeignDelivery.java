package dev.fanbench.baseline.nodes;

import dev.fanbench.baseline.broadcast.Broadcaster;
import dev.fanbench.baseline.broadcast.LoopQueue;
import io.netty.channel.Channel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Delivers publications of other nodes to the members here, by the same way as those of this node.
 * This node's own come back from Redis and are left out.
 *
 * <p>While the queue of an event loop is full, Redis is not read from, as a publisher would not be.
 * Messages then wait in Redis, which ends the connection of a client that is too far behind.
 */
final class ForeignDelivery {
  private final long node;
  private final RelayCounter counters;
  private final Map<String, Broadcaster> audiences = new ConcurrentHashMap<>();
  private final NodeOrder order = new NodeOrder();
  private volatile Channel source;

  ForeignDelivery(long node, RelayCounter counters) {
    this.node = node;
    this.counters = counters;
  }

  /** Delivers messages of this channel to an audience. */
  void put(String channel, Broadcaster audience) {
    audiences.put(channel, audience);
  }

  /** Delivers messages of this channel no longer. */
  void remove(String channel) {
    audiences.remove(channel);
  }

  /** The connection that messages come from now. */
  void readFrom(Channel connection) {
    source = connection;
  }

  /** Takes a message, on the thread of the connection that listens. */
  void received(String channel, byte[] message) {
    Optional<NodeEnvelope> publications = NodeEnvelope.decode(message);
    if (publications.isEmpty()) {
      counters.heard().increment();
      counters.rejected().increment();
      return;
    }
    if (publications.get().node() != node) {
      deliver(channel, publications.get());
    }
    // Counted last: what was heard is with the event loops.
    counters.heard().add(publications.get().texts().size());
  }

  private void deliver(String channel, NodeEnvelope publications) {
    int count = publications.texts().size();
    if (!isNew(publications)) {
      counters.repeated().add(count);
      return;
    }
    Broadcaster audience = audiences.get(channel);
    if (audience == null) {
      return;
    }
    counters.delivered().add(count);
    audience.publishEncoded(publications.texts());
    LoopQueue full = LoopQueue.takeFilled();
    Channel connection = source;
    if (full != null && connection != null) {
      connection.config().setAutoRead(false);
      full.whenHalfEmpty(() -> connection.config().setAutoRead(true));
    }
  }

  /** Locked for the moment in which another connection takes the place of one. */
  private synchronized boolean isNew(NodeEnvelope publications) {
    return order.isNew(publications);
  }
}
