package dev.fanbench.emulator.gateway;

/**
 * The callers that may use {@code @connections}.
 *
 * @param required whether calls that are not signed with the secret are refused
 * @param secret the secret of the functions' signatures, against which calls are checked; access
 *     key and region may have any value
 */
public record Signatures(boolean required, String secret) {
  /** The default secret. It protects nothing, because it is public. */
  public static final String SECRET = "local";

  public Signatures {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("--secret= is not allowed; --secret takes any text");
    }
  }

  /** Signatures are required, as on AWS, with the default secret. */
  public static Signatures standard() {
    return new Signatures(true, SECRET);
  }

  /** Calls need no signature. */
  public static Signatures off() {
    return new Signatures(false, SECRET);
  }
}
