package dev.fanbench.emulator;

import dev.fanbench.emulator.gateway.FrontDoor;
import dev.fanbench.emulator.gateway.GatewayFaultSwitch;
import dev.fanbench.target.FaultInjector;
import dev.fanbench.target.FaultRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The faults of the control URL. All faults of a request are checked before the first takes effect.
 */
final class EmulatorFaultControl implements FaultInjector {
  private static final String LOSE_DISCONNECTS = "loseDisconnects";
  private static final String CONNECT_RACE = "connectRaceMillis";
  private static final int MAX_RACE_MILLIS = 29_000;
  private static final String DROP = "dropConnections";

  /**
   * The two ways to drop a connection: with a Close of 1001, or without one, which clients report
   * as 1006.
   */
  private static final String SAID = "1001";

  private static final String BROKEN = "1006";

  private final GatewayFaultSwitch gateway;
  private final FrontDoor door;

  EmulatorFaultControl(GatewayFaultSwitch gateway, FrontDoor door) {
    this.gateway = gateway;
    this.door = door;
  }

  @Override
  public void inject(FaultRequest fault) {
    Set<String> unknown = new TreeSet<>(fault.names());
    unknown.remove(LOSE_DISCONNECTS);
    unknown.remove(CONNECT_RACE);
    unknown.remove(DROP);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown fault %s; there are %s (a share from 0 to 1), %s (from 0 to %d) and %s (%s or %s)"
              .formatted(
                  String.join(", ", unknown),
                  LOSE_DISCONNECTS,
                  CONNECT_RACE,
                  MAX_RACE_MILLIS,
                  DROP,
                  SAID,
                  BROKEN));
    }
    double share = number(fault, LOSE_DISCONNECTS, 1);
    double millis = number(fault, CONNECT_RACE, MAX_RACE_MILLIS);
    String drop = fault.value(DROP).orElse(SAID);
    if (!List.of(SAID, BROKEN).contains(drop)) {
      throw new IllegalArgumentException(
          "%s is %s, but must be %s or %s".formatted(DROP, drop, SAID, BROKEN));
    }
    if (fault.names().contains(LOSE_DISCONNECTS)) {
      gateway.loseDisconnects(share);
    }
    if (fault.names().contains(CONNECT_RACE)) {
      gateway.connectRaceMillis((long) millis);
    }
    if (fault.names().contains(DROP)) {
      door.dropConnections(drop.equals(SAID));
    }
  }

  private static double number(FaultRequest fault, String name, double most) {
    String source = fault.value(name).orElse("0");
    double value;
    try {
      value = Double.parseDouble(source);
    } catch (NumberFormatException broken) {
      value = -1;
    }
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(
          "%s is %s, but must be a number from 0 to %s".formatted(name, source, most));
    }
    return value;
  }
}
