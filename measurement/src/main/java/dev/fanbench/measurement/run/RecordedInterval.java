package dev.fanbench.measurement.run;

/**
 * An interval of one series, about a second, as it is kept when its samples are added to the total.
 *
 * @param startNanos since the run's epoch, to the millisecond
 * @param endNanos since the run's epoch, to the millisecond
 * @param maxNanos its largest sample
 */
public record RecordedInterval(long startNanos, long endNanos, long maxNanos) {}
