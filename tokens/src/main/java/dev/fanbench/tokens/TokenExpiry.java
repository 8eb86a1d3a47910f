package dev.fanbench.tokens;

import java.util.Locale;

/** Whether a token must say when it expires, by the claim {@code exp}. */
public enum TokenExpiry {
  /** A token without {@code exp} is refused: it could never be taken back. The default. */
  REQUIRED,
  /** A token without {@code exp} is good for ever. */
  OPTIONAL;

  /**
   * The one of a name.
   *
   * @param name {@code required} or {@code optional}; null for the default
   * @throws IllegalArgumentException with a sentence, if it is another word
   */
  public static TokenExpiry named(String name) {
    if (name == null) {
      return REQUIRED;
    }
    for (TokenExpiry each : values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "--token-expiry=%s is not allowed; --token-expiry takes required, optional"
            .formatted(name));
  }
}
