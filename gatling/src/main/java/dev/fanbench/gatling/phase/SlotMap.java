package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.Client;
import dev.fanbench.gatling.fleet.ClientSlot;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Maps each seat of a phase to the client that holds it. Thread-safe. */
final class SlotMap {
  private final List<ClientSlot> seats;
  private final Map<Integer, Client> clients = new ConcurrentHashMap<>();
  private final Map<Client, Integer> numbers = new ConcurrentHashMap<>();

  SlotMap(List<ClientSlot> seats) {
    this.seats = List.copyOf(seats);
  }

  List<ClientSlot> seats() {
    return seats;
  }

  Client client(int number) {
    return clients.get(number);
  }

  /** The seat this client sits in; empty when it has none, or lost it to another. */
  OptionalInt numberOf(Client client) {
    Integer number = numbers.get(client);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** Gives a seat to a client; the client before it loses the seat. */
  void take(int number, Client client) {
    numbers.put(client, number);
    Client before = clients.put(number, client);
    if (before != null) {
      numbers.remove(before);
    }
  }
}
