package dev.fanbench.baseline;

import java.util.Locale;

/** Where connections end, by the names that users choose it with. */
public enum ConnectionLimits {
  /** At a message that is too long, and nowhere else. */
  NONE,
  /** Where API Gateway ends them: also at long and at binary frames, and when idle or old. */
  AWS;

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
