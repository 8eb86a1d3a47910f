package dev.fanbench.signature;

/**
 * The answer to a call that is refused, in AWS's words; the status is 403.
 *
 * @param type the value of the header {@code x-amzn-ErrorType}
 * @param message for the body; needs no escapes in JSON
 */
public record Refusal(String type, String message) {
  static final Refusal UNSIGNED =
      new Refusal("MissingAuthenticationTokenException", "Missing Authentication Token");

  /** Something was changed on the way, or the secret is another. */
  public static final Refusal MISMATCH =
      new Refusal(
          "InvalidSignatureException",
          "The request signature we calculated does not match the signature you provided.");

  static Refusal incomplete(String sentence) {
    return new Refusal("IncompleteSignatureException", sentence);
  }

  static Refusal badScope(String sentence) {
    return new Refusal("InvalidSignatureException", "Credential should be scoped to " + sentence);
  }

  static Refusal badTime(String sentence) {
    return new Refusal("InvalidSignatureException", sentence);
  }
}
