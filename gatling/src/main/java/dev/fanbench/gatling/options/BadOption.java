package dev.fanbench.gatling.options;

import dev.fanbench.target.ShownAddress;

/** A sentence for the user: the key, the value given, and what is allowed. Never a stack trace. */
public final class BadOption extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence that is complete by itself. */
  public BadOption(String sentence) {
    super(sentence);
  }

  /** With the usual sentence, which shows no user, password and query of an address. */
  public static BadOption of(String key, Object value, String allowed) {
    String shown = ShownAddress.ofValue(String.valueOf(value));
    return new BadOption(key + "=" + shown + " is not allowed; " + key + " takes " + allowed + ".");
  }
}
