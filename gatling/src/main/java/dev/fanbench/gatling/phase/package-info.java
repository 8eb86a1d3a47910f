/**
 * Phases under way: a {@link dev.fanbench.gatling.phase.ArrivalDriver} knows what one arrival does
 * on the wire, a {@link dev.fanbench.gatling.phase.PhaseRun} when it does it and where it is
 * written down.
 */
package dev.fanbench.gatling.phase;
