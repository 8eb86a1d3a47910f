package dev.fanbench.baseline.nodes;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The channels that this node listens to, and the connections to Redis over which it does. When a
 * connection breaks, both are opened again after a moment, and all channels are subscribed to
 * again. Publications in between are lost to this node. Thread-safe.
 */
final class RedisLink implements AutoCloseable {
  private static final long FIRST_DELAY_MILLIS = 100;
  private static final long LONGEST_DELAY_MILLIS = 2_000;

  /** Channels in one SUBSCRIBE, so that Redis serves others in between. */
  private static final int BATCH = 500;

  /** A Redis that does not answer delays a member's change of room by this, once. */
  private static final long PATIENCE_MILLIS = 1_000;

  private final RedisConnector connector;
  private final PublicationRelay relay;
  private final ForeignDelivery incoming;
  private final RelayCounter counters;
  private final Map<String, Subscription> subscriptions = new HashMap<>();
  private RedisConnector.Pair connections;
  private long delayMillis = FIRST_DELAY_MILLIS;
  private boolean answering = true;
  private boolean closed;

  RedisLink(
      RedisConnector connector,
      PublicationRelay relay,
      ForeignDelivery incoming,
      RelayCounter counters) {
    this.connector = connector;
    this.relay = relay;
    this.incoming = incoming;
    this.counters = counters;
  }

  /**
   * Connects, and returns when all channels so far are heard.
   *
   * @throws IOException with a sentence for the user if no Redis answers
   */
  void open(RedisAddress address) throws IOException {
    try {
      connector.connect().thenCompose(this::connected).join();
    } catch (CompletionException silent) {
      throw new IOException(
          "no Redis answers at %s: %s".formatted(address, rootOf(silent).getMessage()), silent);
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private synchronized CompletionStage<Void> connected(RedisConnector.Pair pair) {
    if (closed) {
      pair.close();
      return CompletableFuture.completedFuture(null);
    }
    pair.listening().addListener(new Messages());
    pair.listening().addListener(new Loss(pair));
    pair.publishing().addListener(new Loss(pair));
    connections = pair;
    relay.connect(pair.publishing(), pair.publishingChannel().eventLoop());
    incoming.readFrom(pair.listeningChannel());
    CompletionStage<Void> renewed = subscribe(subscriptions.keySet());
    if (!pair.isOpen()) {
      lost(pair);
    }
    return renewed
        .thenRun(this::renewed)
        .whenComplete(
            (done, failed) -> {
              if (failed != null) {
                lost(pair);
              }
            });
  }

  private synchronized void renewed() {
    delayMillis = FIRST_DELAY_MILLIS;
    counters.connects().increment();
  }

  private CompletionStage<Void> subscribe(Collection<String> channels) {
    List<String> all = new ArrayList<>(channels);
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      String[] batch = all.subList(from, Math.min(from + BATCH, all.size())).toArray(String[]::new);
      answers.add(connections.listening().async().subscribe(batch).toCompletableFuture());
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
  }

  /** Listens to a channel; the stage is done when its messages come, or if that may take long. */
  synchronized CompletionStage<Void> listen(String channel, Subscription subscription) {
    subscriptions.put(channel, subscription);
    incoming.put(channel, subscription.audience());
    if (connections == null) {
      subscription.isHeard();
      return subscription.heard();
    }
    subscribe(List.of(channel))
        .whenComplete(
            (heard, failed) -> {
              answered();
              subscription.isHeard();
            });
    if (answering) {
      subscription
          .heard()
          .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
          .whenComplete(
              (heard, late) -> {
                if (late != null) {
                  silent();
                }
              });
    } else {
      subscription.isHeard();
    }
    return subscription.heard();
  }

  private synchronized void answered() {
    answering = true;
  }

  private synchronized void silent() {
    answering = false;
  }

  /** Listens to a channel no longer. */
  synchronized void ignore(String channel) {
    incoming.remove(channel);
    Subscription ended = subscriptions.remove(channel);
    if (ended != null) {
      ended.isHeard();
    }
    if (connections != null) {
      connections.listening().async().unsubscribe(channel);
    }
  }

  private synchronized void lost(RedisConnector.Pair pair) {
    if (!pair.equals(connections)) {
      return;
    }
    connections = null;
    relay.disconnect();
    pair.close();
    subscriptions.values().forEach(Subscription::isHeard);
    reconnectLater();
  }

  private synchronized void reconnectLater() {
    if (!closed) {
      connector.schedule(this::reconnect, delayMillis);
      delayMillis = Math.min(2 * delayMillis, LONGEST_DELAY_MILLIS);
    }
  }

  private void reconnect() {
    connector
        .connect()
        .whenComplete(
            (pair, failed) -> {
              if (failed == null) {
                connected(pair);
              } else {
                reconnectLater();
              }
            });
  }

  /** Whether both connections are there. */
  synchronized boolean isConnected() {
    return connections != null;
  }

  /** Publications that wait are dropped. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      connections = null;
    }
    relay.disconnect();
    connector.close();
  }

  /** Hands messages on, on the thread of the connection that listens. */
  private final class Messages extends RedisPubSubAdapter<String, byte[]> {
    @Override
    public void message(String channel, byte[] message) {
      incoming.received(channel, message);
    }
  }

  /** Notes that one connection of a pair is gone. */
  private final class Loss implements RedisConnectionStateListener {
    private final RedisConnector.Pair pair;

    Loss(RedisConnector.Pair pair) {
      this.pair = pair;
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
      lost(pair);
    }
  }
}
