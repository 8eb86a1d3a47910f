/**
 * The part of the load that speaks to Gatling's engine.
 *
 * <p>{@link dev.fanbench.gatling.action.GatlingUserPool} is the population of a simulation: its
 * users take the arrivals of all phases in turn. {@link
 * dev.fanbench.gatling.action.GatlingPhaseWriter} copies closed arrivals into Gatling's statistics,
 * which only a built action can reach.
 */
package dev.fanbench.gatling.action;
