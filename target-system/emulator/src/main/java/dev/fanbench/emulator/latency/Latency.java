package dev.fanbench.emulator.latency;

import dev.fanbench.target.TargetCounter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Draws latencies from a model and waits for them. Thread-safe; uses timers of the caller and never
 * blocks a thread.
 *
 * <p>Each hop draws from a sequence of its own, so one hop does not change the sequences of the
 * others. The value of a frame depends on the order of arrival.
 */
public final class Latency {
  private final LatencyModel model;
  private final long seed;
  private final Map<Hop, Draws> draws = new EnumMap<>(Hop.class);

  /** {@code model} with the sequences of {@code seed}. */
  public Latency(LatencyModel model, long seed) {
    this.model = model;
    this.seed = seed;
    model
        .hops()
        .forEach((hop, each) -> draws.put(hop, new Draws(each, seed + hop.name().hashCode())));
  }

  /** The model. */
  public LatencyModel model() {
    return model;
  }

  /** The model and the seed for the report; empty if the model adds nothing. */
  public Optional<String> words() {
    return model.equals(LatencyModel.none())
        ? Optional.empty()
        : Optional.of(model + ", seed " + seed);
  }

  /**
   * The duration of the next hop of this kind, in nanoseconds; 0 for a hop that is not in the
   * model.
   */
  public long draw(Hop hop) {
    Draws sequence = draws.get(hop);
    return sequence == null ? 0 : sequence.next();
  }

  /** Takes the hop and goes on: at once when the model leaves it alone. */
  public void take(Hop hop, ScheduledExecutorService timer, Runnable then) {
    rest(hop, draw(hop), 0, timer, then);
  }

  /**
   * Continues when {@code drawnNanos} are over, of which {@code takenNanos} have passed. A hop
   * takes the drawn time, or its real time if that was longer. The latter counts as an overrun.
   */
  public void rest(
      Hop hop, long drawnNanos, long takenNanos, ScheduledExecutorService timer, Runnable then) {
    if (drawnNanos > 0 && takenNanos > drawnNanos) {
      draws.get(hop).overruns.increment();
    }
    after(drawnNanos - takenNanos, timer, then);
  }

  /** Goes on after {@code nanos}; at once when there is nothing to wait for. */
  public static void after(long nanos, ScheduledExecutorService timer, Runnable then) {
    if (nanos <= 0) {
      then.run();
      return;
    }
    try {
      var unused = timer.schedule(then, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException stopping) {
      then.run();
    }
  }

  /**
   * Adds {@code model.<hop>.draws}, {@code model.<hop>.overruns} and, once something was drawn,
   * {@code model.<hop>.smallestNanos}.
   */
  public void putCounters(Map<String, Long> counters) {
    draws.forEach(
        (hop, sequence) -> {
          counters.put(TargetCounter.MODEL_DRAWS.key(hop.toString()), sequence.drawn.sum());
          counters.put(TargetCounter.MODEL_OVERRUNS.key(hop.toString()), sequence.overruns.sum());
          if (sequence.smallestNanos < Long.MAX_VALUE) {
            counters.put(TargetCounter.MODEL_SMALLEST.key(hop.toString()), sequence.smallestNanos);
          }
        });
  }

  /** One hop's values, in the order in which they are taken. */
  private static final class Draws {
    private final LogNormal distribution;
    private final RandomGenerator random;
    private final LongAdder drawn = new LongAdder();
    private final LongAdder overruns = new LongAdder();

    /** Written under this object's monitor. */
    private volatile long smallestNanos = Long.MAX_VALUE;

    Draws(LogNormal distribution, long seed) {
      this.distribution = distribution;
      this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    long next() {
      drawn.increment();
      synchronized (this) {
        long nanos = distribution.draw(random);
        if (nanos < smallestNanos) {
          smallestNanos = nanos;
        }
        return nanos;
      }
    }
  }
}
