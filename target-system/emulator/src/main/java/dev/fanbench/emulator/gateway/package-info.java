/**
 * API Gateway's front door for a WebSocket API, and its {@code @connections} endpoint, on one port.
 *
 * <p>{@link dev.fanbench.emulator.gateway.FrontDoor} listens. An {@code HttpConversation} takes the
 * requests of one HTTP connection one after another, and {@code HttpDoor} sorts them. {@code
 * Handshake} calls the {@code Authorizer}, if there is one, and {@code $connect} before a client is
 * let in. {@code ConnectionsApi} posts to, reads and closes connections. After its handshake a
 * client's frames go to {@code ClientSocket}, which picks a route, invokes its function through
 * {@code IntegrationCaller} and sends what the route lets back.
 *
 * <p>All code here runs on event loops and never waits. A function's answer comes back as a task of
 * the client's event loop. Only its own event loop uses a {@code ClientConnection}, except for the
 * fields whose comments say otherwise.
 */
package dev.fanbench.emulator.gateway;
