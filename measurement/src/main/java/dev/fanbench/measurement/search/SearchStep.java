package dev.fanbench.measurement.search;

/**
 * One load, offered once.
 *
 * @param load publications per second, or subscribers
 * @param purpose the reason for which it was offered
 * @param judgement what came of it
 */
public record SearchStep(double load, SearchPurpose purpose, Judgement judgement) {

  boolean is(SearchOutcome outcome) {
    return judgement.outcome() == outcome;
  }
}
