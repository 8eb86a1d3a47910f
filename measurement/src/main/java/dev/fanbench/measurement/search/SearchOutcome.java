package dev.fanbench.measurement.search;

/** The result of a load that was offered. */
public enum SearchOutcome {
  /** Every threshold held, in a valid run. */
  SUSTAINED("sustained"),
  /** A threshold was missed, in a valid run: the target's limit. */
  MISSED("missed"),
  /** A threshold is inside the interval of its figure: a longer run is needed to tell. */
  UNDECIDED("undecided"),
  /** The run cannot be trusted: the load's limit, or the machine's. */
  INVALID("INVALID");

  private final String words;

  SearchOutcome(String words) {
    this.words = words;
  }

  /** As a table has it. */
  public String words() {
    return words;
  }
}
