package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.Client;
import dev.fanbench.gatling.fleet.ClientSlot;
import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.JoinResult;
import dev.fanbench.gatling.fleet.StampMeaning;
import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.workload.BackgroundLoad;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The background clients of a phase. Clients that do not read, and those that talk in other rooms,
 * connect before it. Clients that come and go do so from {@link #start} to {@link #stop}. All
 * connections are closed with the phase's.
 */
final class BackgroundGroup {
  private static final long STAY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final BackgroundLoad who;
  private final List<String> rooms;
  private final Fleet fleet;
  private final BackgroundTraffic traffic;
  private final AtomicInteger coming = new AtomicInteger();
  private final AtomicInteger joined = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private ScheduledFuture<?> churn;

  /**
   * @param rooms the phase's own
   * @param tag of rooms beside them
   * @param payloadBytes of what is said there
   */
  BackgroundGroup(
      BackgroundLoad who,
      List<String> rooms,
      Fleet fleet,
      NanoClock clock,
      String tag,
      int payloadBytes) {
    this.who = who;
    this.rooms = rooms;
    this.fleet = fleet;
    this.traffic = new BackgroundTraffic(who, fleet, clock, tag, payloadBytes);
  }

  /**
   * Joins the clients that stay. Blocks.
   *
   * @return a sentence for each failure
   */
  List<String> prepare() {
    List<String> failures = traffic.prepare();
    return failures.isEmpty() ? slotTheSlow() : failures;
  }

  private List<String> slotTheSlow() {
    List<ClientSlot> slots = ClientSlot.background(who.slow(), rooms);
    JoinResult joinResult = fleet.joinAll(slots, Fleet.DEFAULT_CONCURRENCY, seated -> {}).join();
    joinResult.clients().forEach(Client::stopReading);
    return joinResult.failures();
  }

  /**
   * Lets the talk begin, and others come, one after the other on the first loop's timer, each for a
   * second.
   */
  void start() {
    traffic.start();
    if (who.churnPerSecond() > 0) {
      long gapNanos = Math.round(TimeUnit.SECONDS.toNanos(1) / who.churnPerSecond());
      churn =
          fleet
              .executor(0)
              .scheduleAtFixedRate(
                  fleet.guarded(this::come), gapNanos, gapNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void come() {
    int i = coming.getAndIncrement();
    ClientSlot slot = new ClientSlot(new StampMeaning.Background(), rooms.get(i % rooms.size()));
    var unused = fleet.join(i, slot).thenAccept(this::came);
  }

  private void came(Optional<Client> client) {
    if (client.isEmpty()) {
      refused.incrementAndGet();
      return;
    }
    joined.incrementAndGet();
    Client member = client.get();
    try {
      var unused =
          member.executor().schedule(() -> leave(member), STAY_NANOS, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The fleet is closed, and this client with it.
    }
  }

  private static void leave(Client member) {
    var unused = member.close();
  }

  /** Stops background traffic and new clients. */
  void stop() {
    traffic.stop();
    if (churn != null) {
      churn.cancel(false);
    }
  }

  /** The counts of clients that came and of texts, by name; empty without any. */
  Map<String, Double> counters() {
    Map<String, Double> counters = new TreeMap<>();
    if (who.churnPerSecond() > 0) {
      counters.put(BackgroundLoad.JOINED, joined.doubleValue());
      counters.put(BackgroundLoad.REFUSED, refused.doubleValue());
    }
    traffic.putCounters(counters);
    return counters;
  }
}
