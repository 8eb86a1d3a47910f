package dev.fanbench.emulator.quota;

import dev.fanbench.target.TargetCounter;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Enforces quotas, and counts how often each was hit. One for a whole emulator; thread-safe.
 *
 * <p>A counter {@code quota.<name>} says that a limit of AWS, and not the design, bound what was
 * measured; reports find them by that prefix.
 */
public final class QuotaCheck {
  private final QuotaSet quotas;
  private final Clock clock;
  private final Map<Quota, LongAdder> hits = new EnumMap<>(Quota.class);

  /**
   * @param clock fills the buckets of rates
   */
  public QuotaCheck(QuotaSet quotas, Clock clock) {
    this.quotas = quotas;
    this.clock = clock;
    for (Quota quota : Quota.values()) {
      hits.put(quota, new LongAdder());
    }
  }

  /** The value of a quota, in the unit that its name says. */
  public int of(Quota quota) {
    return quotas.of(quota);
  }

  /** Whether a size is within its quota; counts a hit when it is not. */
  public boolean allows(Quota quota, long size) {
    return within(quota, size <= of(quota));
  }

  /** Takes one token from the bucket of a rate; counts a hit when there is none. */
  public boolean allows(Quota rate, TokenBucket bucket) {
    return within(rate, bucket.tryTake());
  }

  /** Returns {@code within}; counts a hit when it is false. */
  public boolean within(Quota quota, boolean within) {
    if (!within) {
      hit(quota);
    }
    return within;
  }

  /** Counts a hit of a quota that another class enforces. */
  public void hit(Quota quota) {
    hits.get(quota).increment();
  }

  /** A full bucket for a rate per second. */
  public TokenBucket bucket(Quota perSecond, Quota burst) {
    return new TokenBucket(of(perSecond), of(burst), clock);
  }

  /** A full bucket for a rate per ten seconds, all of which may be taken at once. */
  public TokenBucket bucketOfTenSeconds(Quota perTenSeconds) {
    return new TokenBucket(of(perTenSeconds) / 10.0, of(perTenSeconds), clock);
  }

  /** Adds {@code quota.<name>} for each quota that was hit. */
  public void putCounters(Map<String, Long> counters) {
    hits.forEach(
        (quota, count) -> {
          if (count.sum() > 0) {
            counters.put(TargetCounter.QUOTA_HITS.key(quota.key()), count.sum());
          }
        });
  }
}
