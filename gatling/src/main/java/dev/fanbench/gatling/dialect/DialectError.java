package dev.fanbench.gatling.dialect;

/** A mistake in a dialect's file; the message is a sentence with file, key and what is allowed. */
public final class DialectError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DialectError(String sentence) {
    super(sentence);
  }
}
