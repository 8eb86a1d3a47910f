/**
 * May this run be believed, and did the target hold what was asked of it? Two questions that never
 * mix: {@link dev.fanbench.measurement.verdict.ValidityCheck} judges the load, {@link
 * dev.fanbench.measurement.verdict.Slo} the target.
 */
package dev.fanbench.measurement.verdict;
