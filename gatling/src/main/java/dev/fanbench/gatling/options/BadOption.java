package dev.fanbench.gatling.options;

/** A sentence for the user: the key, the value given, and what is allowed. Never a stack trace. */
public final class BadOption extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence that is complete by itself. */
  public BadOption(String sentence) {
    super(sentence);
  }

  /** With the usual sentence. */
  public static BadOption of(String key, Object value, String allowed) {
    return new BadOption(key + "=" + value + " is not allowed; " + key + " takes " + allowed + ".");
  }
}
