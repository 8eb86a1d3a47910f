package dev.fanbench.emulator.gateway;

/**
 * The callers that may use {@code @connections}.
 *
 * @param required whether calls that are not signed with the secret are refused
 * @param secret the secret of the functions' signatures, against which calls are checked; access
 *     key and region may have any value
 */
public record CallerCheck(boolean required, String secret) {
  /** The default secret. It protects nothing, because it is public. */
  public static final String SECRET = "local";

  public CallerCheck {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("--secret= is not allowed; --secret takes any text");
    }
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
