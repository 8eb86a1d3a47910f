package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.Client;
import dev.fanbench.gatling.fleet.ClientSlot;
import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.JoinResult;
import dev.fanbench.gatling.fleet.SendOutcome;
import dev.fanbench.gatling.fleet.StampedText;
import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.workload.BackgroundLoad;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Sends background traffic in rooms beside those of a phase, from {@link #start} to {@link #stop}.
 * Its members publish in turn. The text has a stamp like a publication, so its copies are counted;
 * their latency is not recorded.
 */
final class BackgroundTraffic {
  private static final int NO_PUBLISHER = 0;

  private final BackgroundLoad who;
  private final Fleet fleet;
  private final NanoClock clock;
  private final List<String> rooms;
  private final int payloadBytes;
  private final Map<Client, StampedText> texts = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger said = new AtomicInteger();
  private final AtomicInteger unsaid = new AtomicInteger();
  private List<Client> members = List.of();
  private ScheduledFuture<?> talk;

  /**
   * @param tag letters and digits that make the rooms new to the target
   * @param payloadBytes of each message
   */
  BackgroundTraffic(
      BackgroundLoad who, Fleet fleet, NanoClock clock, String tag, int payloadBytes) {
    this.who = who;
    this.fleet = fleet;
    this.clock = clock;
    this.rooms = IntStream.range(0, who.roomsBeside()).mapToObj(i -> tag + "-beside-" + i).toList();
    this.payloadBytes = payloadBytes;
  }

  /**
   * Connects all members. Blocks.
   *
   * @return a sentence for each failure
   */
  List<String> prepare() {
    List<ClientSlot> slots = ClientSlot.background(who.membersBeside(), rooms);
    JoinResult joinResult = fleet.joinAll(slots, Fleet.DEFAULT_CONCURRENCY, seated -> {}).join();
    members = joinResult.clients();
    return joinResult.failures();
  }

  /** Starts to publish, by the first loop's timer. */
  void start() {
    if (!members.isEmpty()) {
      long gapNanos = Math.round(TimeUnit.SECONDS.toNanos(1) / who.chatterPerSecond());
      talk =
          fleet
              .executor(0)
              .scheduleAtFixedRate(
                  fleet.guarded(this::next), gapNanos, gapNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void next() {
    int n = turn.getAndIncrement();
    Client member = members.get(n % members.size());
    try {
      member.executor().execute(fleet.guarded(() -> say(member, n)));
    } catch (RejectedExecutionException e) {
      // The fleet is closed, and this client with it.
    }
  }

  private void say(Client member, int n) {
    StampedText text =
        texts.computeIfAbsent(member, each -> each.publication(NO_PUBLISHER, payloadBytes));
    SendOutcome outcome = member.send(text, n, clock.nanoTime(), (sequence, atNanos) -> {});
    (outcome == SendOutcome.SENT ? said : unsaid).incrementAndGet();
  }

  /** Stops publishing. */
  void stop() {
    if (talk != null) {
      talk.cancel(false);
    }
  }

  /** Puts the counts of published texts, by name; none without members. */
  void putCounters(Map<String, Double> counters) {
    if (!members.isEmpty()) {
      counters.put(BackgroundLoad.SAID, said.doubleValue());
      counters.put(BackgroundLoad.UNSAID, unsaid.doubleValue());
    }
  }
}
