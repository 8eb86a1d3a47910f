package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.Client;
import dev.fanbench.gatling.fleet.ClientSlot;
import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.JoinResult;
import dev.fanbench.gatling.fleet.StampMeaning;
import dev.fanbench.measurement.record.NodeMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Maps each slot of a phase to the client that holds it. Thread-safe. */
final class SlotMap {
  private static final int MAX_FAILURES_NAMED = 3;

  private final List<ClientSlot> slots;
  private final Map<Integer, Client> clients = new ConcurrentHashMap<>();
  private final Map<Client, Integer> numbers = new ConcurrentHashMap<>();

  /** The places of the clients; null for a target of one node. */
  private volatile NodeMap nodes;

  private volatile int publishers;

  SlotMap(List<ClientSlot> slots) {
    this.slots = List.copyOf(slots);
  }

  /**
   * Opens a connection for each slot and waits until the target has confirmed every one.
   *
   * @param progress told how many are confirmed
   * @return a sentence for each failure, some at most; empty when all are in place
   */
  List<String> fill(Fleet fleet, IntConsumer progress) {
    JoinResult joined = fleet.joinAll(slots, Fleet.DEFAULT_CONCURRENCY, progress).join();
    List<Client> members = joined.clients();
    IntStream.range(0, members.size()).forEach(i -> take(i, members.get(i)));
    List<String> failures = joined.failures();
    return failures.subList(0, Math.min(MAX_FAILURES_NAMED, failures.size()));
  }

  /**
   * Keeps track of the nodes that clients are connected to, from now on.
   *
   * @param publishers the number of slots, from the first, whose clients publish
   */
  NodeMap locate(int publishers) {
    int members =
        (int) slots.stream().filter(s -> s.role() instanceof StampMeaning.Subscriber).count();
    NodeMap located = new NodeMap(members, publishers);
    this.publishers = publishers;
    nodes = located;
    clients.forEach(this::place);
    return located;
  }

  private void place(int number, Client client) {
    NodeMap located = nodes;
    if (located == null) {
      return;
    }
    if (number < publishers) {
      located.placePublisher(number, client.node());
    }
    if (slots.get(number).role() instanceof StampMeaning.Subscriber member) {
      located.placeMember(member.index(), client.node());
    }
  }

  List<ClientSlot> slots() {
    return slots;
  }

  Client client(int number) {
    return clients.get(number);
  }

  /** The slot of this client; empty when it has none, or lost it to another. */
  OptionalInt numberOf(Client client) {
    Integer number = numbers.get(client);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** Gives a slot to a client, and takes it from the one that had it. */
  void take(int number, Client client) {
    numbers.put(client, number);
    place(number, client);
    Client before = clients.put(number, client);
    if (before != null) {
      numbers.remove(before);
    }
  }
}
