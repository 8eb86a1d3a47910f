package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.dialect.PublishRule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Confirms the members of a room whose server confirms none: publishes probes until each member has
 * received one. Probes have no stamp, so that none counts as a delivery. Thread-safe.
 */
final class ProbeRun {
  /** The beginning of every probe. */
  private static final byte[] MARK = "fanbench-probe:".getBytes(StandardCharsets.US_ASCII);

  private static final long FIRST_WAIT_MILLIS = 20;
  private static final long LONGEST_WAIT_MILLIS = 500;

  /** Two members that publish in turn confirm each other where a server spares its sender. */
  private static final int SENDERS = 2;

  private final String room;
  private final Duration timeout;
  private final String token;
  private final List<Client> members = new ArrayList<>();
  private final List<Client> senders = new ArrayList<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  private ProbeRun(String room, Duration timeout) {
    this.room = room;
    this.timeout = timeout;
    this.token =
        new String(MARK, StandardCharsets.US_ASCII)
            + Long.toHexString(ThreadLocalRandom.current().nextLong())
            + ":";
  }

  /** Whether any probe stands in a frame. */
  static boolean isIn(byte[] bytes, int offset, int length) {
    return isIn(MARK, bytes, offset, length);
  }

  /** Whether this probe stands in a frame. */
  static boolean isIn(byte[] probe, byte[] bytes, int offset, int length) {
    int last = offset + length - probe.length;
    for (int at = offset; at <= last; at++) {
      int same = 0;
      while (same < probe.length && bytes[at + same] == probe[same]) {
        same++;
      }
      if (same == probe.length) {
        return true;
      }
    }
    return false;
  }

  /**
   * Probes all rooms at once.
   *
   * @param clients in the order of their slots
   * @return a sentence for each room that has a member without a probe
   */
  static CompletableFuture<List<String>> of(
      FleetConfig route, List<ClientSlot> slots, List<Client> clients) {
    PublishRule publish = route.dialect().publish();
    Map<String, ProbeRun> rooms = new LinkedHashMap<>();
    for (int i = 0; i < slots.size(); i++) {
      ClientSlot slot = slots.get(i);
      boolean outside = slot.role() instanceof StampMeaning.Publisher && !publish.byMember();
      for (String room : slot.rooms()) {
        ProbeRun probe =
            rooms.computeIfAbsent(room, name -> new ProbeRun(name, route.replyTimeout()));
        if (outside) {
          probe.senders.add(0, clients.get(i));
        } else {
          probe.members.add(clients.get(i));
        }
      }
    }
    List<CompletableFuture<List<String>>> all = new ArrayList<>();
    rooms.values().forEach(probe -> all.add(probe.start()));
    return CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]))
        .thenApply(done -> all.stream().flatMap(each -> each.join().stream()).toList());
  }

  private CompletableFuture<List<String>> start() {
    if (senders.isEmpty()) {
      senders.addAll(members.subList(0, Math.min(SENDERS, members.size())));
      if (senders.size() < SENDERS) {
        // A room with one member: there is no other to hear it.
        return CompletableFuture.completedFuture(List.of());
      }
    }
    List<CompletableFuture<Void>> seen = new ArrayList<>();
    members.forEach(member -> seen.add(member.awaitProbe(token)));
    publish(0);
    return CompletableFuture.allOf(seen.toArray(new CompletableFuture<?>[0]))
        .completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(
            all -> {
              over.complete(null);
              return failures(seen);
            });
  }

  private void publish(int attempt) {
    if (over.isDone()) {
      return;
    }
    senders.get(attempt % senders.size()).probe(room, token);
    long waitMillis = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(attempt, 10));
    CompletableFuture.delayedExecutor(waitMillis, TimeUnit.MILLISECONDS)
        .execute(() -> publish(attempt + 1));
  }

  private List<String> failures(List<CompletableFuture<Void>> seen) {
    long without = seen.stream().filter(each -> !each.isDone()).count();
    return without == 0
        ? List.of()
        : List.of(
            "%d of %d members of #%s received no probe within %d ms; is dialect=… right?"
                .formatted(without, seen.size(), room, timeout.toMillis()));
  }
}
