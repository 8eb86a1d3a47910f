package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.Client;
import dev.fanbench.gatling.fleet.ClientSlot;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Maps each slot of a phase to the client that holds it. Thread-safe. */
final class SlotMap {
  private final List<ClientSlot> slots;
  private final Map<Integer, Client> clients = new ConcurrentHashMap<>();
  private final Map<Client, Integer> numbers = new ConcurrentHashMap<>();

  SlotMap(List<ClientSlot> slots) {
    this.slots = List.copyOf(slots);
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
    Client before = clients.put(number, client);
    if (before != null) {
      numbers.remove(before);
    }
  }
}
