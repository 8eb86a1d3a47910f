/**
 * What single steps of a broadcast, and of measuring one, cost.
 *
 * <p>{@link dev.fanbench.jmh.BroadcasterBenchmark} compares ways to turn one publication into many
 * deliveries; {@link dev.fanbench.jmh.RecorderBenchmark} tells what the instrument itself takes
 * from the load's processors; {@link dev.fanbench.jmh.RequestsBenchmark} compares requests handled
 * together with requests handled one at a time; {@link dev.fanbench.jmh.FleetCost} holds the load's
 * fleet against the least a JVM can do to receive. They explain differences that runs of the whole
 * system show; they do not replace such runs. {@code jmh/README.md} says how to read them and what
 * not to conclude.
 */
package dev.fanbench.jmh;
