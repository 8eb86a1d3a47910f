package dev.fanbench.measurement.run;

/**
 * {@code turn.json}: the place of a run in a series of {@code ab}. Runs of its two sides with the
 * same series and number were neighbours in time, and are a pair.
 *
 * @param series the name of the series
 * @param number of the turn, from 1
 * @param overFloor whether the run is divided by the floor that was measured in its turn
 */
public record Turn(String series, int number, boolean overFloor) {
  /** The name of its file in a run's directory. */
  public static final String FILE = "turn.json";
}
