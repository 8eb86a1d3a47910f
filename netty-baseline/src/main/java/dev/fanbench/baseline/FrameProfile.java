package dev.fanbench.baseline;

import java.util.Locale;

/** The meaning of frames for a server, by its names on the command line. */
public enum FrameProfile {
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
