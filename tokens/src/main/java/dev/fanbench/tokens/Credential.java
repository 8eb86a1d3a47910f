package dev.fanbench.tokens;

import java.util.Optional;

/**
 * A token as it came with a request, not verified.
 *
 * @param token the text of the token
 */
public record Credential(String token) {
  private static final String SCHEME = "Bearer ";

  /**
   * The token of a request. The header wins; browsers, which cannot set one, use the query.
   *
   * @param header the value of {@code Authorization}, with or without {@code Bearer}, or null
   * @param query the query's parameter {@code token}, or null
   * @return empty when both are missing or empty
   */
  public static Optional<Credential> of(String header, String query) {
    if (header != null && !header.isEmpty()) {
      return Optional.of(new Credential(withoutScheme(header)));
    }
    return Optional.ofNullable(query).filter(token -> !token.isEmpty()).map(Credential::new);
  }

  private static String withoutScheme(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? header.substring(SCHEME.length()).trim()
        : header;
  }

  /** Leaves the token out, so that logs do not hold it. */
  @Override
  public String toString() {
    return "Credential";
  }
}
