package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.Client;
import dev.fanbench.gatling.fleet.ClientSlot;
import dev.fanbench.gatling.fleet.ConnectFailure;
import dev.fanbench.gatling.fleet.ConnectListener;
import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.JoinOutcome;
import dev.fanbench.gatling.fleet.StampMeaning;
import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.record.PhaseRecorder;
import dev.fanbench.measurement.workload.Outage;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings the clients of a phase back to their slots when their connections are lost, each on the
 * loop it was on. A client is back when its room has confirmed it. Everything but {@link #stop} and
 * {@link #counters} runs on the loops.
 */
final class Reconnector {
  private final Fleet fleet;
  private final SlotMap slotMap;
  private final PhaseRecorder recorder;
  private final NanoClock clock;
  private final Backoff backoff;
  private final AtomicLong tries = new AtomicLong();
  private volatile boolean over;

  Reconnector(
      Fleet fleet, SlotMap slotMap, PhaseRecorder recorder, NanoClock clock, Backoff backoff) {
    this.fleet = fleet;
    this.slotMap = slotMap;
    this.recorder = recorder;
    this.clock = clock;
    this.backoff = backoff;
  }

  /** A connection is lost. One that had no slot yet is tried again where its join has failed. */
  void lost(Client client) {
    slotMap.numberOf(client).ifPresent(number -> lost(number, client));
  }

  private void lost(int number, Client client) {
    if (client.role() instanceof StampMeaning.Subscriber subscriber) {
      recorder.away(subscriber.index(), clock.nanoTime());
    }
    attempt(number, client.loop(), 1);
  }

  private void attempt(int number, int loop, int attempt) {
    if (over) {
      return;
    }
    tries.incrementAndGet();
    ClientSlot slot = slotMap.slots().get(number);
    fleet.connect(
        loop,
        slot,
        new ConnectListener() {
          @Override
          public void connected(Client client, long nowNanos) {
            join(number, client, attempt);
          }

          @Override
          public void failed(ConnectFailure failure, long nowNanos) {
            later(number, loop, attempt, () -> attempt(number, loop, attempt + 1));
          }
        });
  }

  private void join(int number, Client client, int attempt) {
    if (over) {
      return;
    }
    var unused =
        client
            .join(slotMap.slots().get(number).room())
            .thenAccept(outcome -> joined(number, client, outcome, attempt));
  }

  private void joined(int number, Client client, JoinOutcome outcome, int attempt) {
    if (outcome instanceof JoinOutcome.Joined) {
      slotMap.take(number, client);
      if (client.role() instanceof StampMeaning.Subscriber subscriber) {
        recorder.back(subscriber.index(), clock.nanoTime());
      }
    } else if (outcome instanceof JoinOutcome.Overwhelmed) {
      later(number, client.loop(), attempt, () -> join(number, client, attempt + 1));
    } else {
      var unused = client.close();
      int loop = client.loop();
      later(number, loop, attempt, () -> attempt(number, loop, attempt + 1));
    }
  }

  private void later(int number, int loop, int failures, Runnable next) {
    if (over) {
      return;
    }
    try {
      var unused =
          fleet
              .executor(loop)
              .schedule(
                  fleet.guarded(next), backoff.waitNanos(number, failures), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The fleet is closed: the run is over and has been labelled so.
    }
  }

  /** Ends all attempts. */
  void stop() {
    over = true;
  }

  /** The number of attempts, and the time until all clients were back, if they are. */
  Map<String, Double> counters() {
    Map<String, Double> counters = new TreeMap<>();
    counters.put(Outage.TRIES, tries.doubleValue());
    recorder.allBackNanos().ifPresent(nanos -> counters.put(Outage.ALL_BACK_NANOS, (double) nanos));
    return counters;
  }
}
