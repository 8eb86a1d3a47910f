package dev.fanbench.emulator.gateway;

/**
 * Disturbances that no client can cause. Thread-safe; a change counts from the next connection or
 * disconnection on.
 */
public final class GatewayFaultSwitch {
  private volatile double lostDisconnects;
  private volatile long connectRaceMillis;
  private double debt;

  /**
   * Loses {@code $disconnect} events: of every 1/share in a row exactly one, so that a test knows
   * how many.
   *
   * @param share from 0 to 1
   */
  public void loseDisconnects(double share) {
    lostDisconnects = share;
  }

  /** Lets this much time pass between the return of {@code $connect} and the client's 101. */
  public void connectRaceMillis(long millis) {
    connectRaceMillis = millis;
  }

  long connectRaceMillis() {
    return connectRaceMillis;
  }

  synchronized boolean losesThisDisconnect() {
    debt += lostDisconnects;
    // 0.1 ten times is a little less than 1.
    if (debt < 1 - 1e-9) {
      return false;
    }
    debt -= 1;
    return true;
  }
}
