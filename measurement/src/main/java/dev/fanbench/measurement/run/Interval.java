package dev.fanbench.measurement.run;

import org.HdrHistogram.Histogram;

/**
 * What one series of a phase gained between two moments, about a second apart.
 *
 * @param startNanos since the run's epoch, to the millisecond
 * @param endNanos since the run's epoch, to the millisecond
 * @param histogram nanoseconds; shared, so it must not be changed
 */
public record Interval(long startNanos, long endNanos, Histogram histogram) {}
