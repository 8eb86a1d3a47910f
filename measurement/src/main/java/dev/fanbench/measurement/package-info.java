/**
 * Honest numbers: the words and rules of METHODOLOGY.md as code.
 *
 * <p>Data flows one way. A {@linkplain dev.fanbench.measurement.workload workload} names phases; a
 * schedule turns an arrival's index into its intended time; every delivery is recorded against that
 * time; a {@linkplain dev.fanbench.measurement.run run directory} keeps what was seen, and nothing
 * else in fanbench computes a latency.
 */
package dev.fanbench.measurement;
