package dev.fanbench.gatling.options;

import dev.fanbench.measurement.workload.ArrivalProcess;

/**
 * The spacing of intended times, as typed.
 *
 * @param process constant, Poisson or burst
 * @param burst arrivals that share one intended time; 1 when each has its own
 */
record ArrivalChoice(ArrivalProcess process, int burst) {
  static final String ALLOWED =
      "constant, poisson or burst:SIZE (arrivals at one time), with a SIZE from 2 to 10000";

  private static final String BURST = "burst:";
  private static final int LARGEST = 10_000;

  /** Reads {@code constant}, {@code poisson} or {@code burst:10}. */
  static ArrivalChoice parse(String text) {
    if (text.startsWith(BURST)) {
      int size = Option.within(text.substring(BURST.length()), 2, LARGEST);
      return new ArrivalChoice(ArrivalProcess.BURST, size);
    }
    return switch (text) {
      case "constant" -> new ArrivalChoice(ArrivalProcess.CONSTANT, 1);
      case "poisson" -> new ArrivalChoice(ArrivalProcess.POISSON, 1);
      default -> throw new IllegalArgumentException();
    };
  }
}
