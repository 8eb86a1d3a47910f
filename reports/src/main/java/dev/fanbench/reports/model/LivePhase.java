package dev.fanbench.reports.model;

import dev.fanbench.measurement.workload.Phase;

/**
 * A phase of one target in a run in progress.
 *
 * @param target its label
 * @param phase as offered
 */
public record LivePhase(String target, Phase phase) {}
