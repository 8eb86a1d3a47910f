/**
 * The experiment: every target in turn, each with every phase of its workload, and a verdict.
 *
 * <p>{@link dev.fanbench.gatling.experiment.Experiment} runs it on one thread, from top to bottom.
 * {@link dev.fanbench.gatling.experiment.TargetRun} is one workload against one target; {@link
 * dev.fanbench.gatling.experiment.JoinedPhase} is one attempt at one phase of it. The arrivals of a
 * phase are taken in turn by {@link dev.fanbench.gatling.experiment.UserPool}, which are Gatling's
 * users. {@link dev.fanbench.gatling.experiment.EarlyEnd} ends everything when a target dies or the
 * user interrupts.
 */
package dev.fanbench.gatling.experiment;
