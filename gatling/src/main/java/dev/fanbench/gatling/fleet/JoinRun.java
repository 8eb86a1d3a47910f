package dev.fanbench.gatling.fleet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Takes slots, a bounded number at a time, until all are taken or one cannot be. Thread-safe. */
final class JoinRun {

  /** Slots that are named for one reason; the others are counted. */
  private static final int MOST_NAMED = 3;

  /** Either a client in its slot or the clause that says why there is none. */
  record Taken(Client client, String failure) {}

  private final IntFunction<CompletableFuture<Taken>> take;
  private final IntConsumer progress;
  private final Client[] clients;
  private final Map<String, List<Integer>> failures = new LinkedHashMap<>();
  private final String target;
  private final CompletableFuture<JoinResult> joinResult = new CompletableFuture<>();
  private int started;
  private int inFlight;
  private int joined;

  /**
   * @param take begins to take the slot of a number
   * @param target the name of the target in sentences
   * @param progress told how many slots are taken, after each, one call at a time
   */
  JoinRun(
      int slots, IntFunction<CompletableFuture<Taken>> take, String target, IntConsumer progress) {
    this.target = target;
    this.clients = new Client[slots];
    this.take = take;
    this.progress = progress;
  }

  CompletableFuture<JoinResult> start(int concurrency) {
    if (concurrency < 1) {
      throw new IllegalArgumentException(
          "concurrency=" + concurrency + " is not allowed, must be 1 or more");
    }
    if (clients.length == 0) {
      joinResult.complete(new JoinResult.Complete(List.of()));
    }
    for (int i = 0; i < concurrency; i++) {
      startNext();
    }
    return joinResult;
  }

  private void startNext() {
    int slot;
    synchronized (this) {
      if (!more()) {
        return;
      }
      slot = started++;
      inFlight++;
    }
    var unused =
        take.apply(slot)
            .thenAccept(taken -> ended(slot, taken))
            .exceptionally(
                thrown -> {
                  joinResult.completeExceptionally(thrown);
                  return null;
                });
  }

  private void ended(int slot, Taken taken) {
    boolean all;
    synchronized (this) {
      inFlight--;
      if (taken.failure() != null) {
        failures.computeIfAbsent(taken.failure(), why -> new ArrayList<>()).add(slot + 1);
      } else {
        clients[slot] = taken.client();
        progress.accept(++joined);
      }
      all = inFlight == 0 && !more();
    }
    if (all) {
      joinResult.complete(outcome());
    } else {
      startNext();
    }
  }

  private boolean more() {
    return started < clients.length && failures.isEmpty();
  }

  private synchronized JoinResult outcome() {
    return failures.isEmpty()
        ? new JoinResult.Complete(Arrays.asList(clients))
        : new JoinResult.Incomplete(
            joined, failures.entrySet().stream().map(this::sentence).toList());
  }

  private String sentence(Map.Entry<String, List<Integer>> failure) {
    List<Integer> slots = failure.getValue().stream().sorted().toList();
    String named =
        slots.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    int more = slots.size() - MOST_NAMED;
    return (slots.size() == 1 ? "connection " : "connections ")
        + named
        + (more > 0 ? " and " + more + " more" : "")
        + " to "
        + target
        + ": "
        + failure.getKey();
  }
}
