package dev.fanbench.protocol.auth;

import java.util.Optional;

/**
 * A token as it came with a request, not looked into yet.
 *
 * @param token what the client claims to be a JSON Web Token
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

  /** Says nothing of the token, which opens doors to whoever reads it in a log. */
  @Override
  public String toString() {
    return "Credential";
  }
}
