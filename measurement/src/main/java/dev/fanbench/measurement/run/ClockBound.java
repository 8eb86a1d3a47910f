package dev.fanbench.measurement.run;

/**
 * The clock of shard 0 as a shard saw it before a block. It only places phases in time; no latency
 * is taken from it.
 *
 * @param phase that was to begin
 * @param block of the phase, from 0
 * @param offsetNanos the clock of shard 0 less that of this process
 * @param boundNanos half of the least round trip: the offset is off by this much at most
 */
public record ClockBound(String phase, int block, long offsetNanos, long boundNanos) {}
