package dev.fanbench.baseline;

import java.util.Locale;

/** What a frame means to a server, by the names that users choose it with. */
public enum Profile {
  /** The whole protocol. */
  COMMON,
  /** Every JSON object is a publish envelope, and what is no request at all an error. */
  PUBLISH,
  /** Every message, text or binary, comes back to its sender. */
  ECHO;

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
