package dev.fanbench.gatling.faulty;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who is where, and what becomes of a publication under the fault in force. Confined to the
 * target's only event loop, but for the counts and the fault.
 */
final class FaultyRooms {
  final AtomicLong publications = new AtomicLong();
  final AtomicLong deliveries = new AtomicLong();

  private final Map<String, Set<Session>> rooms = new HashMap<>();
  private final Map<String, ScriptedRoom> scripts = new HashMap<>();
  private final Map<String, Integer> publicationsByRoom = new HashMap<>();
  private boolean wornOut;
  private final Runnable death;
  private volatile InForce now;

  /** A fault and how many of each there had been when it came. */
  private record InForce(Fault fault, long publications, long deliveries) {}

  FaultyRooms(Fault fault, Runnable death) {
    this.now = new InForce(fault, 0, 0);
    this.death = death;
  }

  Fault fault() {
    return now.fault();
  }

  void fault(Fault next) {
    now = new InForce(next, publications.get(), deliveries.get());
  }

  void enter(String room, Session session) {
    rooms.computeIfAbsent(room, name -> new LinkedHashSet<>()).add(session);
  }

  void leave(String room, Session session) {
    rooms.getOrDefault(room, Set.of()).remove(session);
  }

  /** A chat text to everybody else in the room. */
  void publish(String room, Session sender, String text) {
    if (fault() instanceof Fault.Scripted script) {
      scripts
          .computeIfAbsent(room, name -> new ScriptedRoom(script))
          .handle(sender.loop(), () -> publishNow(room, sender, text));
    } else {
      publishNow(room, sender, text);
    }
  }

  private void publishNow(String room, Session sender, String text) {
    publication(
        () -> {
          for (Map.Entry<String, Set<Session>> each : rooms.entrySet()) {
            if (each.getKey().equals(room) || fault() instanceof Fault.Leak) {
              each.getValue().stream()
                  .filter(member -> member != sender)
                  .forEach(member -> deliver(member, text));
            }
          }
        });
    int inRoom = publicationsByRoom.merge(room, 1, Integer::sum);
    wornOut |= fault() instanceof Fault.WearOut wear && inRoom > wear.publications();
    InForce force = now;
    if (force.fault() instanceof Fault.NotReading fault
        && fault.publication() == publications.get() - force.publications()) {
      sender.stopReading(fault.duration());
    }
  }

  /** Any text to everybody there is. */
  void publishToAll(String text) {
    publication(() -> rooms.values().forEach(room -> room.forEach(to -> deliver(to, text))));
  }

  /** The answer to a request. */
  void answer(Session asker, String text) {
    publication(() -> deliver(asker, text));
  }

  private void publication(Runnable deliver) {
    InForce force = now;
    Fault fault = force.fault();
    long count = publications.incrementAndGet() - force.publications();
    if (fault instanceof Fault.Stall stall && stall.publication() == count) {
      standStill(stall.duration().toMillis());
    }
    deliver.run();
    if (fault instanceof Fault.Die die && die.publications() == count) {
      death.run();
    }
  }

  private void deliver(Session to, String text) {
    InForce force = now;
    Fault fault = force.fault();
    long count = deliveries.incrementAndGet() - force.deliveries();
    if (fault instanceof Fault.Drop drop && count % drop.every() == 0) {
      return;
    }
    if (wornOut && count % 2 == 0) {
      return;
    }
    if (fault instanceof Fault.Reorder) {
      String first = to.held;
      to.held = first == null ? text : null;
      if (first != null) {
        to.send(text);
        to.send(first);
      }
      return;
    }
    if (fault instanceof Fault.Duplicate duplicate && count % duplicate.every() == 0) {
      to.sendTwice(text);
    } else if (fault instanceof Fault.LateCopy copy && count % copy.every() == 0) {
      to.send(text);
      var unused =
          to.loop().schedule(() -> to.send(text), copy.after().toMillis(), TimeUnit.MILLISECONDS);
    } else if (fault instanceof Fault.Flood flood) {
      to.flood(text, flood.frames());
    } else {
      to.send(text);
    }
  }

  private static void standStill(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
