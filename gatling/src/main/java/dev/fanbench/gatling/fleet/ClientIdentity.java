package dev.fanbench.gatling.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The name and the credentials of one client. All but the name are secrets. Immutable.
 *
 * @param user value of {@code ${user}}
 * @param token value of {@code ${token}}; may be empty
 * @param query added to the URL's query of the handshake; may be empty
 * @param headers sent with the handshake
 */
public record ClientIdentity(String user, String token, String query, Map<String, String> headers) {
  /** Stands in place of a secret in a text that is shown. */
  public static final String HIDDEN = "(not shown)";

  /** Shorter texts stand in many words by chance. */
  private static final int LEAST_HIDDEN_CHARACTERS = 4;

  /** The end of a frame that is shown in part. */
  private static final String CUT = "…";

  public ClientIdentity {
    headers = Map.copyOf(headers);
  }

  /** A text of the target without the secrets of this client, such as an answer that has them. */
  public String hide(String text) {
    if (token.isEmpty() && query.isEmpty() && headers.isEmpty()) {
      return text;
    }
    String shown = text;
    for (String secret : secrets()) {
      shown = hideBeginning(shown.replace(secret, HIDDEN), secret);
    }
    return shown;
  }

  /** A text that was cut may end within a secret. */
  private static String hideBeginning(String text, String secret) {
    if (!text.endsWith(CUT)) {
      return text;
    }
    String whole = text.substring(0, text.length() - CUT.length());
    for (int length = secret.length() - 1; length >= LEAST_HIDDEN_CHARACTERS; length--) {
      if (whole.endsWith(secret.substring(0, length))) {
        return whole.substring(0, whole.length() - length) + HIDDEN + CUT;
      }
    }
    return text;
  }

  /** Secrets, and their parts that a target may repeat alone; the longest first. */
  private List<String> secrets() {
    List<String> secrets = new ArrayList<>(List.of(token, query));
    for (String parameter : query.split("&", -1)) {
      secrets.add(parameter.substring(parameter.indexOf('=') + 1));
    }
    for (String value : headers.values()) {
      secrets.add(value);
      secrets.add(value.substring(value.indexOf(' ') + 1));
    }
    return secrets.stream()
        .filter(secret -> secret.length() >= LEAST_HIDDEN_CHARACTERS)
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  /** The name only. */
  @Override
  public String toString() {
    return user;
  }
}
