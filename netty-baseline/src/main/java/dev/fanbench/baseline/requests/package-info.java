/**
 * Handles binary requests: the time of each, and the number under way at one time.
 *
 * <p>{@link dev.fanbench.baseline.requests.RequestConcurrency} wraps any {@link
 * dev.fanbench.protocol.rpc.RequestHandler}. So the cost of one request at a time can be compared
 * with many at a time by the same handler.
 */
package dev.fanbench.baseline.requests;
