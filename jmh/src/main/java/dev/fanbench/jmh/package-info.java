/**
 * Microbenchmarks: the cost of single steps of a broadcast, and of measuring one.
 *
 * <p>{@link dev.fanbench.jmh.BroadcasterBenchmark} compares ways to turn one publication into many
 * deliveries. {@link dev.fanbench.jmh.RecorderBenchmark} measures the instrument itself. {@link
 * dev.fanbench.jmh.RequestsBenchmark} compares requests handled together with requests handled one
 * at a time. {@link dev.fanbench.jmh.FleetCost} compares the load's fleet with the least that a JVM
 * needs. They explain differences between runs of the whole system and do not replace such runs.
 * {@code jmh/README.md} explains their figures.
 */
package dev.fanbench.jmh;
