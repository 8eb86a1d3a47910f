package dev.fanbench.protocol;

import java.util.regex.Pattern;

/**
 * Ids of connections in the shape that API Gateway gives them: 11 random bytes in URL-safe base 64,
 * so 16 characters of which the last is {@code =}. Thread-safe.
 */
public final class ConnectionId {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{15}=");

  private ConnectionId() {}

  /** A new id; 88 random bits make a repetition within a run out of the question. */
  public static String next() {
    return OpaqueId.next();
  }

  /** Whether {@code id} could be a connection's, open, closed or never given out. */
  public static boolean isWellFormed(String id) {
    return SHAPE.matcher(id).matches();
  }
}
