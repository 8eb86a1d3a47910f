/**
 * The fleet: WebSocket clients lean enough that the load's own cost stays out of the result, and
 * the only ones measured traffic goes through.
 *
 * <p>A {@link dev.fanbench.gatling.fleet.Fleet} owns the event loops. {@link
 * dev.fanbench.gatling.fleet.Fleet#connect} makes one {@link dev.fanbench.gatling.fleet.Client},
 * {@link dev.fanbench.gatling.fleet.Fleet#joinAll} many. A client sends {@link
 * dev.fanbench.gatling.fleet.StampedText}s; what it receives goes, frame by frame, without a
 * string, without JSON and without garbage, from the {@code FrameDecoder} to its loop's {@link
 * dev.fanbench.measurement.record.DeliveryRecorder}, which {@link
 * dev.fanbench.gatling.fleet.Fleet#record} exchanges between phases.
 *
 * <p>What a target can do to a client is a value, not an exception: {@link
 * dev.fanbench.gatling.fleet.ConnectFailure}, {@link dev.fanbench.gatling.fleet.JoinOutcome},
 * {@link dev.fanbench.gatling.fleet.SendOutcome}, {@link
 * dev.fanbench.gatling.fleet.LostConnection}.
 *
 * <p>Clients speak RFC 6455 without extensions. They do not check that text is UTF-8.
 */
package dev.fanbench.gatling.fleet;
