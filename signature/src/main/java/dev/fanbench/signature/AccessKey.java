package dev.fanbench.signature;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An AWS access key.
 *
 * @param id the public name of the secret
 * @param secret the secret that signs
 * @param sessionToken present for a temporary key
 */
public record AccessKey(String id, String secret, Optional<String> sessionToken) {
  private static final String ID = "AWS_ACCESS_KEY_ID";
  private static final String SECRET = "AWS_SECRET_ACCESS_KEY";
  private static final String SESSION_TOKEN = "AWS_SESSION_TOKEN";

  /**
   * The key in the variables that every AWS tool reads.
   *
   * @param environment looks a variable up, null for one that is not set
   * @throws IllegalArgumentException with a sentence, if one that is needed is not set
   */
  public static AccessKey of(UnaryOperator<String> environment) {
    return new AccessKey(
        required(ID, environment),
        required(SECRET, environment),
        Optional.ofNullable(environment.apply(SESSION_TOKEN)).filter(token -> !token.isEmpty()));
  }

  private static String required(String variable, UnaryOperator<String> environment) {
    String value = environment.apply(variable);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(
          "to sign, the environment variables %s and %s are needed, and %s is not set"
              .formatted(ID, SECRET, variable));
    }
    return value;
  }

  /** Says nothing of the secret. */
  @Override
  public String toString() {
    return "AccessKey " + id;
  }
}
