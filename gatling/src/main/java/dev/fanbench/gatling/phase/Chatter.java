package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.Assembly;
import dev.fanbench.gatling.fleet.Client;
import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.Seat;
import dev.fanbench.gatling.fleet.SendOutcome;
import dev.fanbench.gatling.fleet.StampedText;
import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.workload.Bystanders;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Talk in rooms beside those of a phase: everybody in them says something in turn, from {@link
 * #start} to {@link #stop}. What they say is stamped like a publication, so that its copies are
 * counted; nobody records how long they took.
 */
final class Chatter {
  private static final int NO_PUBLISHER = 0;

  private final Bystanders who;
  private final Fleet fleet;
  private final NanoClock clock;
  private final List<String> rooms;
  private final StampedText text;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger said = new AtomicInteger();
  private final AtomicInteger unsaid = new AtomicInteger();
  private List<Client> members = List.of();
  private ScheduledFuture<?> talk;

  /**
   * @param tag letters and digits that make the rooms new to the target
   * @param payloadBytes of each message
   */
  Chatter(Bystanders who, Fleet fleet, NanoClock clock, String tag, int payloadBytes) {
    this.who = who;
    this.fleet = fleet;
    this.clock = clock;
    this.rooms = IntStream.range(0, who.roomsBeside()).mapToObj(i -> tag + "-beside-" + i).toList();
    this.text = StampedText.chat(NO_PUBLISHER, payloadBytes);
  }

  /**
   * Seats everybody. Blocks.
   *
   * @return what went wrong, one sentence each
   */
  List<String> prepare() {
    List<Seat> seats = Seat.bystanders(who.membersBeside(), rooms);
    Assembly assembly = fleet.joinAll(seats, Fleet.DEFAULT_CONCURRENCY, seated -> {}).join();
    members = assembly.clients();
    return assembly.failures();
  }

  /** Lets them talk, by the first loop's timer. */
  void start() {
    if (!members.isEmpty()) {
      long gapNanos = Math.round(TimeUnit.SECONDS.toNanos(1) / who.chatterPerSecond());
      talk =
          fleet
              .executor(0)
              .scheduleAtFixedRate(this::next, gapNanos, gapNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void next() {
    int n = turn.getAndIncrement();
    Client member = members.get(n % members.size());
    try {
      member.executor().execute(() -> say(member, n));
    } catch (RejectedExecutionException e) {
      // The fleet is closed, and this client with it.
    }
  }

  private void say(Client member, int n) {
    SendOutcome outcome = member.send(text, n, clock.nanoTime(), (sequence, atNanos) -> {});
    (outcome == SendOutcome.SENT ? said : unsaid).incrementAndGet();
  }

  /** Lets nobody talk any more. */
  void stop() {
    if (talk != null) {
      talk.cancel(false);
    }
  }

  /** Puts how much was said, by name; nothing when nobody was to talk. */
  void putCounters(Map<String, Double> counters) {
    if (!members.isEmpty()) {
      counters.put(Bystanders.SAID, said.doubleValue());
      counters.put(Bystanders.UNSAID, unsaid.doubleValue());
    }
  }
}
