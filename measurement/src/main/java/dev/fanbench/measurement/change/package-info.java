/**
 * From recorded runs to a decision: is the new side slower than the base?
 *
 * <p>{@link dev.fanbench.measurement.change.ComparedSide#read} gathers run directories into sides.
 * {@link dev.fanbench.measurement.change.RunComparison#between} pairs them by target and judges one
 * {@link dev.fanbench.measurement.change.Metric} at a time. Its result is the ratio new ÷ base with
 * a 99 % interval. Runs that took turns are judged pair by pair
 * (docs/adr/0040-ab-compares-pairs.md). The interval of other runs is drawn by resampling whole
 * runs and then publications (docs/adr/0014-intervals-of-ratios.md). One metric of each target
 * decides, the others inform. Nothing here reads a clock, and every draw comes from a seed, so the
 * same directories always give the same verdict.
 */
package dev.fanbench.measurement.change;
