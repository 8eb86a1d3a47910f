/**
 * Honest numbers: the words and rules of METHODOLOGY.md as code.
 *
 * <p>Data flows one way. A {@linkplain dev.fanbench.measurement.workload workload} names phases. A
 * schedule turns an arrival's index into its intended time, and every delivery is recorded against
 * that time. A {@linkplain dev.fanbench.measurement.run run directory} keeps the results. No other
 * part of fanbench computes a latency.
 */
package dev.fanbench.measurement;
