/**
 * The fleet: lean WebSocket clients, so that the load's own cost stays out of the result. All
 * measured traffic goes through them.
 *
 * <p>A {@link dev.fanbench.gatling.fleet.Fleet} owns the event loops. {@link
 * dev.fanbench.gatling.fleet.Fleet#connect} makes one {@link dev.fanbench.gatling.fleet.Client},
 * {@link dev.fanbench.gatling.fleet.Fleet#joinAll} many. A client sends {@link
 * dev.fanbench.gatling.fleet.StampedText}s. Received frames go from the {@code FrameDecoder} to the
 * loop's {@link dev.fanbench.measurement.record.DeliveryRecorder}, without strings, JSON or
 * garbage. {@link dev.fanbench.gatling.fleet.Fleet#record} exchanges the recorder between phases.
 *
 * <p>Failures that a target can cause are values, not exceptions: {@link
 * dev.fanbench.gatling.fleet.ConnectFailure}, {@link dev.fanbench.gatling.fleet.JoinOutcome},
 * {@link dev.fanbench.gatling.fleet.SendOutcome}, {@link
 * dev.fanbench.gatling.fleet.LostConnection}.
 *
 * <p>Clients speak RFC 6455, and permessage-deflate on request. They do not check that text is
 * UTF-8.
 */
package dev.fanbench.gatling.fleet;
