package dev.fanbench.measurement.search;

/** The reason for which a load is offered. */
public enum SearchPurpose {
  /** It is higher or lower than those before. */
  SEARCH("to search"),
  /** It was sustained before, and may no longer be after an overload. */
  RECHECK("to check again"),
  /** It may be the answer. */
  CONFIRM("to confirm");

  private final String words;

  SearchPurpose(String words) {
    this.words = words;
  }

  /** As a table has it. */
  public String words() {
    return words;
  }
}
