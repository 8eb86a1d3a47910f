package dev.fanbench.protocol.fuzz;

/** Answers that a server may give to one handshake. Silence is allowed for an unfinished one. */
enum ExpectedAnswer {
  /** The request is a good one: 101. */
  UPGRADE,

  /** The request breaks a rule that servers have to enforce: a status from 400 to 499. */
  REFUSAL,

  /** The standards leave it to the server: one of the two. */
  EITHER,

  /** The request never ends: a refusal, or nothing. */
  NO_UPGRADE;

  private static final int SWITCHING_PROTOCOLS = 101;

  /** Whether a status may be the answer. */
  boolean allows(int status) {
    boolean refusal = status >= 400 && status < 500;
    boolean upgrade = status == SWITCHING_PROTOCOLS;
    return switch (this) {
      case UPGRADE -> upgrade;
      case REFUSAL, NO_UPGRADE -> refusal;
      case EITHER -> refusal || upgrade;
    };
  }
}
