/**
 * The load: Gatling simulations that drive fanbench's own WebSocket clients.
 *
 * <p>Gatling owns users, phases, assertions and its own HTML report. Its users take arrivals (a
 * connect, a round trip, a publication) in turn. {@link
 * dev.fanbench.measurement.schedule.SendSchedule} owns the instants. A nanosecond timer of a client
 * event loop starts each arrival at its instant. See docs/adr/0001-fleet-beside-gatling.md.
 */
package dev.fanbench.gatling;
