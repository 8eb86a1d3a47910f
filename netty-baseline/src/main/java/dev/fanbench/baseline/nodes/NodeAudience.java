package dev.fanbench.baseline.nodes;

import dev.fanbench.baseline.broadcast.Broadcaster;
import dev.fanbench.baseline.chat.AudienceSource;
import dev.fanbench.target.DeadlineClock;
import dev.fanbench.target.TargetCounter;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The audiences of one node among several that share a Redis. A node listens to the rooms that it
 * has members of, to the first room, and to the channel of every connection.
 *
 * <p>Make it, give it to the chat, and then {@link #open()} it. Thread-safe.
 */
public final class NodeAudience implements AudienceSource, AutoCloseable {
  private static final long POLL_NANOS = 1_000_000;

  private final RedisAddress address;
  private final Supplier<Broadcaster> members;
  private final ChannelNaming channels;
  private final RelayCounter counters = new RelayCounter();
  private final PublicationRelay relay;
  private final RedisLink link;

  /**
   * @param address of the Redis that the nodes share
   * @param stage the path that is served; nodes of one stage are one chat
   * @param members makes the part of an audience that is on this node
   */
  public NodeAudience(RedisAddress address, String stage, Supplier<Broadcaster> members) {
    this(address, stage, members, PublicationRelay.DEFAULT_BYTES);
  }

  NodeAudience(
      RedisAddress address, String stage, Supplier<Broadcaster> members, int mostPendingBytes) {
    long node = new SecureRandom().nextLong();
    this.address = address;
    this.members = members;
    this.channels = new ChannelNaming(stage);
    this.relay = new PublicationRelay(node, mostPendingBytes, counters);
    this.link =
        new RedisLink(
            new RedisConnector(address), relay, new ForeignDelivery(node, counters), counters);
  }

  /**
   * Connects to Redis, and returns when the node hears the others.
   *
   * @throws IOException with a sentence for the user if no Redis answers
   */
  public void open() throws IOException {
    link.open(address);
  }

  @Override
  public Broadcaster everyone() {
    Broadcaster everyone = new RelayedBroadcaster(members.get(), channels.everyone(), relay);
    link.listen(channels.everyone(), Subscription.of(everyone));
    return everyone;
  }

  @Override
  public Broadcaster room(String name) {
    return new RelayedBroadcaster(members.get(), channels.room(name), relay);
  }

  @Override
  public CompletionStage<Void> occupied(String name, Broadcaster audience) {
    return link.listen(channels.room(name), Subscription.of(audience));
  }

  @Override
  public void emptied(String name) {
    link.ignore(channels.room(name));
  }

  /** Its counters now, by key. */
  public Map<String, Long> counters() {
    return Map.of(
        TargetCounter.RELAY_PUBLISHED.key(), counters.published().sum(),
        TargetCounter.RELAY_PASSED_ON.key(), counters.passedOn().sum(),
        TargetCounter.RELAY_DROPPED.key(), counters.dropped().sum(),
        TargetCounter.RELAY_HEARD.key(), counters.heard().sum(),
        TargetCounter.RELAY_DELIVERED.key(), counters.delivered().sum(),
        TargetCounter.RELAY_REPEATED.key(), counters.repeated().sum(),
        TargetCounter.RELAY_REJECTED.key(), counters.rejected().sum(),
        TargetCounter.RELAY_CONNECTS.key(), counters.connects().sum(),
        TargetCounter.RELAY_PENDING.key(), relay.pendingBytes(),
        TargetCounter.RELAY_CONNECTED.key(), link.isConnected() ? 1L : 0L);
  }

  /** Waits until Redis has confirmed all publications, for {@code millis} milliseconds at most. */
  public void settle(long millis) {
    DeadlineClock deadline = new DeadlineClock(Duration.ofMillis(millis));
    while (relay.pendingBytes() > 0 && link.isConnected() && deadline.leftNanos() > 0) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Ends the connections; publications that wait are dropped. */
  @Override
  public void close() {
    link.close();
  }
}
