package dev.fanbench.emulator.lambda;

import java.util.HashMap;
import java.util.Map;

/**
 * The local cap: how many of the requests in progress count as running on this machine's cores.
 *
 * <p>A request takes a place when it begins. {@link #sample} finds those that wait. On AWS each
 * function has a processor of its own, so one that sleeps or reads a socket must keep no other from
 * running. A function's thread also waits while this process works for it: most of a publication is
 * posts, and other threads make and answer them. So a thread that waits gives its place up only
 * while the cores have time left. A function in a process of its own gives its place up whenever it
 * waits. A request that nothing else lets in begins after a second.
 *
 * <p>Not thread-safe: the invoker's monitor guards it.
 */
final class LocalCap {
  /** A thread that used less than this share of the time since the last sample waited. */
  private static final double RUNNING_SHARE = 0.1;

  /** A request that has computed for so long has had its turn, and shares its core. */
  private static final long TURN_NANOS = 500_000_000;

  /** At least one request begins in this time, whatever the others do. */
  private static final long LONGEST_WAIT_NANOS = 1_000_000_000;

  /** Samples nearer to each other say little. */
  private static final long SHORTEST_NANOS = 2_000_000;

  private final int cap;
  private final CoreUse cores;
  private final Map<Environment, Place> taken = new HashMap<>();
  private int counted;
  private long sampledAtNanos;

  /** Since when requests wait and none of them has begun. */
  private long stalledSinceNanos;

  /** Whether one more may begin although no place is free. */
  private boolean spare;

  LocalCap(int cap, CoreUse cores) {
    this.cap = cap;
    this.cores = cores;
    this.sampledAtNanos = cores.nanoTime();
  }

  /** Requests in progress, those that wait included. */
  int inProgress() {
    return taken.size();
  }

  /** Whether one more request may begin. */
  boolean isFree() {
    return counted < cap || spare;
  }

  void take(Environment environment) {
    taken.put(environment, new Place(environment));
    counted++;
    spare = false;
    stalledSinceNanos = cores.nanoTime();
  }

  /** Returns whether the environment had a place. */
  boolean leave(Environment environment) {
    Place left = taken.remove(environment);
    if (left != null && left.counts) {
      counted--;
    }
    return left != null;
  }

  /** A first request waits for a place; {@link #sample} is called every few milliseconds now. */
  void firstWaits() {
    stalledSinceNanos = cores.nanoTime();
  }

  /** Finds out which requests in progress run. */
  void sample() {
    long now = cores.nanoTime();
    long elapsed = now - sampledAtNanos;
    if (elapsed < SHORTEST_NANOS) {
      return;
    }
    boolean busy = cores.coresAreBusy();
    counted = 0;
    taken
        .values()
        .forEach(
            place -> {
              place.sample(cores, elapsed, busy);
              counted += place.counts ? 1 : 0;
            });
    sampledAtNanos = now;
    spare = now - stalledSinceNanos >= LONGEST_WAIT_NANOS;
  }

  /** One request in progress. */
  private static final class Place {
    private static final long UNKNOWN = -1;

    /** The kernel counts a process's time in ticks of 10 ms, and a window has several. */
    private static final long PROCESS_WINDOW_NANOS = 40_000_000;

    private final Environment environment;
    private long firstCpuNanos = UNKNOWN;
    private long wantedNanos = UNKNOWN;
    private long windowNanos;
    private boolean counts = true;

    Place(Environment environment) {
      this.environment = environment;
    }

    void sample(CoreUse cores, long elapsedNanos, boolean busy) {
      windowNanos += elapsedNanos;
      boolean ownProcess = environment.function().hasOwnProcess();
      if (wantedNanos != UNKNOWN && ownProcess && windowNanos < PROCESS_WINDOW_NANOS) {
        return;
      }
      long cpuNanosNow = environment.cpuNanos(cores);
      long wantedNanosNow = environment.wantedNanos(cpuNanosNow);
      if (wantedNanos == UNKNOWN) {
        firstCpuNanos = cpuNanosNow;
      } else {
        boolean runs = wantedNanosNow - wantedNanos >= RUNNING_SHARE * windowNanos;
        boolean keeps = runs || (busy && !ownProcess);
        counts = keeps && cpuNanosNow - firstCpuNanos < TURN_NANOS;
      }
      wantedNanos = wantedNanosNow;
      windowNanos = 0;
    }
  }
}
