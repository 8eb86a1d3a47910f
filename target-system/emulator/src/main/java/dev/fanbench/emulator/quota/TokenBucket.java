package dev.fanbench.emulator.quota;

import java.time.Clock;

/**
 * A rate limit with a burst. Tokens are added at a steady rate until the bucket is full, and each
 * request takes some. Thread-safe; never blocks.
 */
public final class TokenBucket {
  private static final double MILLIS_PER_SECOND = 1_000;

  private final double perMilli;
  private final double capacity;
  private final Clock clock;

  // Both are guarded by this object's monitor.
  private double tokens;
  private long filledAtMillis;

  /**
   * A full bucket.
   *
   * @param perSecond tokens that come in a second
   * @param capacity tokens that it holds
   * @param clock of which only the milliseconds count; tokens never go when it is set back
   */
  public TokenBucket(double perSecond, double capacity, Clock clock) {
    this.perMilli = perSecond / MILLIS_PER_SECOND;
    this.capacity = capacity;
    this.clock = clock;
    this.tokens = capacity;
    this.filledAtMillis = clock.millis();
  }

  /** Takes one token if there is a whole one. */
  public synchronized boolean tryTake() {
    fill();
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Whether {@link #tryTake} would take one. */
  public synchronized boolean hasOne() {
    fill();
    return tokens >= 1;
  }

  /** Whether anything is left, for users that know only afterwards what they take. */
  public synchronized boolean hasAny() {
    fill();
    return tokens > 0;
  }

  /** Takes what was used, if need be on credit. */
  public synchronized void take(double used) {
    fill();
    tokens -= used;
  }

  private void fill() {
    long now = clock.millis();
    tokens = Math.min(capacity, tokens + Math.max(0, now - filledAtMillis) * perMilli);
    filledAtMillis = now;
  }
}
