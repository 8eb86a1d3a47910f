package dev.fanbench.measurement.run;

/**
 * One threshold, checked.
 *
 * @param expression as asked: {@code p99.lastDelivery<250ms}
 * @param phase the phase it was checked in, or {@code run}
 * @param gate true when missing it fails the run (exit 99); false for a question the page answers
 * @param held whether the threshold held
 * @param observed the value seen, with its unit, or why there is none
 */
public record SloVerdict(
    String expression, String phase, boolean gate, boolean held, String observed) {}
