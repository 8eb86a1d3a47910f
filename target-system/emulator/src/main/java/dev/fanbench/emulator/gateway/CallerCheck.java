package dev.fanbench.emulator.gateway;

import java.time.Clock;
import java.util.Optional;

/**
 * The callers that may use {@code @connections}.
 *
 * @param required whether calls that are not signed with the secret are refused
 * @param secret the secret of the functions' signatures, against which calls are checked; access
 *     key and region may have any value
 * @param clock of the callers, if it is not the emulator's
 */
public record CallerCheck(boolean required, String secret, Optional<Clock> clock) {
  /** The default secret. It protects nothing, because it is public. */
  public static final String SECRET = "local";

  public CallerCheck {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("--secret= is not allowed; --secret takes any text");
    }
  }

  /** Callers that sign by the emulator's clock. */
  public CallerCheck(boolean required, String secret) {
    this(required, secret, Optional.empty());
  }

  /** A copy for callers that sign by another clock than the emulator's. */
  public CallerCheck withClock(Clock ofCallers) {
    return new CallerCheck(required, secret, Optional.of(ofCallers));
  }

  /** Signatures are required, as on AWS, with the default secret. */
  public static CallerCheck standard() {
    return new CallerCheck(true, SECRET);
  }

  /** Calls need no signature. */
  public static CallerCheck off() {
    return new CallerCheck(false, SECRET);
  }
}
