package dev.fanbench.baseline;

import java.util.Locale;

/** The rules by which connections end, by their names on the command line. */
public enum ConnectionLimits {
  /** At a message that is too long, and nowhere else. */
  NONE,
  /** The rules of API Gateway: also at long and at binary frames, and when idle or old. */
  AWS;

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
