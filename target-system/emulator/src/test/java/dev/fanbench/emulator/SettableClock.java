package dev.fanbench.emulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes when it is told to. */
public final class SettableClock extends Clock {
  private volatile Instant now;

  /** Starts long ago. */
  public SettableClock() {
    this(Instant.ofEpochSecond(1_700_000_000));
  }

  /** Starts then; today, for one, so that a signature made by another clock is good. */
  public SettableClock(Instant start) {
    now = start;
  }

  /** Goes on. */
  public void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
