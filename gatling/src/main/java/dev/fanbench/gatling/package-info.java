/**
 * The load: Gatling simulations that drive fanbench's own WebSocket clients.
 *
 * <p>Gatling owns users, phases, assertions and its own HTML report. One Gatling user is one
 * arrival: a connect, a round trip or a publication. {@link
 * dev.fanbench.measurement.schedule.SendSchedule} owns the instants: users are injected early and
 * each is let go at its intended time by a nanosecond timer of a client event loop. See
 * docs/adr/0001-fleet-beside-gatling.md.
 */
package dev.fanbench.gatling;
