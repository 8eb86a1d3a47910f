package dev.fanbench.emulator.gateway;

/**
 * Who may call {@code @connections}.
 *
 * @param required whether calls that are not signed with the secret are refused
 * @param secret what the functions sign with, and what calls are checked against; the access key
 *     and the region may be any
 */
public record Signatures(boolean required, String secret) {
  /** The secret of everybody who sets none. It protects nothing: it is written here. */
  public static final String SECRET = "local";

  public Signatures {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("--secret= is not allowed; --secret takes any text");
    }
  }

  /** As on AWS, with the secret that everybody knows. */
  public static Signatures standard() {
    return new Signatures(true, SECRET);
  }

  /** Anybody may call. */
  public static Signatures off() {
    return new Signatures(false, SECRET);
  }
}
