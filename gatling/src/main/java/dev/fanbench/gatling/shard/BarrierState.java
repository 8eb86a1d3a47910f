package dev.fanbench.gatling.shard;

import dev.fanbench.measurement.clock.NanoClock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The state of the meeting place: which shards have come, which are at the barrier, and why the run
 * of all is over. It knows no sockets and no threads. Thread-safe.
 */
final class BarrierState {
  /** From the last shard's arrival to the instant at which all go on. */
  static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

  /** A shard that stands still for so long, and the drain, while others wait for it, is late. */
  static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(40);

  private final int count;
  private final String offer;
  private final String tag;
  private final NanoClock clock;
  private final long meetByNanos;
  private final long lateNanos;
  private final Map<Integer, Outlet> outlets = new TreeMap<>();
  private final Map<Integer, Long> here = new TreeMap<>();
  private final long[] progress;
  private final long[] progressedAtNanos;
  private String barrier = "";
  private long barrierSinceNanos;
  private boolean met;
  private boolean ended;

  /** The way to a shard. Sending must not block for long, and never throws. */
  interface Outlet {
    void send(Message message);
  }

  /**
   * @param count of shards
   * @param offer that all shards must have
   * @param tag of the run
   * @param waitNanos for all shards to come
   * @param drainNanos for which a shard may wait for its deliveries
   */
  BarrierState(
      int count, String offer, String tag, NanoClock clock, long waitNanos, long drainNanos) {
    this.count = count;
    this.offer = offer;
    this.tag = tag;
    this.clock = clock;
    meetByNanos = clock.nanoTime() + waitNanos;
    lateNanos = LATE_NANOS + drainNanos;
    progress = new long[count];
    progressedAtNanos = new long[count];
  }

  /**
   * A shard has come, with the right token.
   *
   * @return whether it may take part; if not, the run of all is over
   */
  synchronized boolean hello(Message.Hello hello, Outlet outlet) {
    String reason = refusal(hello);
    if (!reason.isEmpty()) {
      outlet.send(new Message.Refused(reason));
      end("shard %d of %d was refused: %s".formatted(hello.index(), count, reason));
      return false;
    }
    outlets.put(hello.index(), outlet);
    if (outlets.size() == count) {
      met = true;
      tell(new Message.Welcome(tag));
    }
    return true;
  }

  private String refusal(Message.Hello hello) {
    if (hello.count() != count) {
      return "it is one of %d shards and shard 0 one of %d".formatted(hello.count(), count);
    }
    if (hello.index() < 0 || hello.index() >= count) {
      return "there is no such shard";
    }
    if (outlets.containsKey(hello.index())) {
      return "there is one already";
    }
    if (!hello.offer().equals(offer)) {
      return "its workload, targets or version of fanbench are not those of shard 0";
    }
    return ended ? "the run of all is over" : "";
  }

  /** A stranger without the token. While shards are awaited it may be one of them. */
  synchronized void stranger(String address) {
    if (!met) {
      end("a process at %s gave a wrong token".formatted(address));
    }
  }

  /** A shard is at a barrier. */
  synchronized void here(int shard, Message.Here arrival) {
    progressed(shard, progress[shard] + 1);
    if (here.isEmpty()) {
      barrier = arrival.barrier();
      barrierSinceNanos = clock.nanoTime();
    }
    if (!arrival.barrier().equals(barrier)) {
      end(
          "shard %d of %d is at %s and others are at %s"
              .formatted(shard, count, arrival.barrier(), barrier));
      return;
    }
    here.put(shard, arrival.value());
    if (here.size() == count) {
      long sum = here.values().stream().mapToLong(Long::longValue).sum();
      here.clear();
      tell(new Message.Go(barrier, clock.nanoTime() + LEAD_NANOS, sum));
    }
  }

  /** A sign of life. */
  synchronized void alive(int shard, long now) {
    if (now > progress[shard]) {
      progressed(shard, now);
    }
  }

  private void progressed(int shard, long now) {
    progress[shard] = now;
    progressedAtNanos[shard] = clock.nanoTime();
  }

  /** A shard's connection is lost. */
  synchronized void gone(int shard, String why) {
    outlets.remove(shard);
    end("shard %d of %d died: %s".formatted(shard, count, why));
  }

  /** A shard ends the run of all. */
  synchronized void endedBy(int shard, String reason) {
    end("shard %d of %d: %s".formatted(shard, count, reason));
  }

  /** Looks for shards that are late; to be called each second. */
  synchronized void tick() {
    long now = clock.nanoTime();
    if (!met && now - meetByNanos > 0) {
      end("%s did not come".formatted(absent(outlets)));
    }
    if (!here.isEmpty() && now - barrierSinceNanos > lateNanos) {
      for (int shard = 0; shard < count; shard++) {
        if (!here.containsKey(shard) && now - progressedAtNanos[shard] > lateNanos) {
          end("shard %d of %d is late at %s".formatted(shard, count, barrier));
        }
      }
    }
    tell(new Message.Alive(0));
  }

  private String absent(Map<Integer, ?> present) {
    int shard = 0;
    while (present.containsKey(shard)) {
      shard++;
    }
    int others = count - present.size() - 1;
    return "shard %d of %d%s"
        .formatted(shard, count, others == 0 ? "" : " and %d more".formatted(others));
  }

  private void end(String reason) {
    if (!ended) {
      ended = true;
      tell(new Message.End(reason));
    }
  }

  /** The run of all has come to its end: shards may leave from now on. */
  synchronized void done(Message.Done done) {
    ended = true;
    tell(done);
  }

  /** Shards that are connected. */
  synchronized Set<Integer> connected() {
    return Set.copyOf(outlets.keySet());
  }

  private void tell(Message message) {
    outlets.values().forEach(outlet -> outlet.send(message));
  }
}
