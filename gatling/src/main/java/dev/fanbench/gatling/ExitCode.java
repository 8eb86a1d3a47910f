package dev.fanbench.gatling;

import java.util.Arrays;

/** The exit codes of the load, one for each reason. */
public enum ExitCode {
  /** Valid, and every threshold held. */
  OK(0),
  /** The target died, or something else went wrong. */
  ERROR(1),
  /** A bad option. */
  BAD_CONFIGURATION(2),
  /** A threshold is inside the range of its figure: neither held nor missed for certain. */
  UNDECIDED(97),
  /** The run cannot be trusted. */
  INVALID(98),
  /** A threshold was missed, or a side is slower. */
  SLO_MISSED(99),
  /** Ctrl-C, or another signal that ends a program. */
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The reason of a process that ended with this code. */
  static ExitCode of(int code) {
    return Arrays.stream(values()).filter(each -> each.code == code).findFirst().orElse(ERROR);
  }

  /**
   * The process's exit code. Gatling's Maven plugin reads a 2 as "assertions failed" and says so;
   * below it a bad option therefore ends with 1, and with its own sentence.
   */
  public int code() {
    boolean belowMaven = "maven".equals(System.getProperty("fanbench.launcher"));
    return this == BAD_CONFIGURATION && belowMaven ? ERROR.code : code;
  }
}
