package dev.fanbench.measurement.search;

/**
 * One load, offered once.
 *
 * @param load publications per second, or subscribers
 * @param confirming whether it confirms an answer
 * @param judgement what came of it
 */
public record SearchStep(double load, boolean confirming, Judgement judgement) {}
