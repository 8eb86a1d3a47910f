package dev.fanbench.junit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that is ahead of another by the time that a test let pass. Thread-safe. */
final class PassingClock extends Clock {
  private final Clock base;
  private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);

  PassingClock(Clock base) {
    this.base = base;
  }

  /** Goes ahead by {@code time}, at once. */
  void pass(Duration time) {
    passed.accumulateAndGet(time, Duration::plus);
  }

  @Override
  public Instant instant() {
    return base.instant().plus(passed.get());
  }

  @Override
  public ZoneId getZone() {
    return base.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
