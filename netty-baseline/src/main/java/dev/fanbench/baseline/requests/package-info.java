/**
 * How binary requests are handled: what takes time, and how many are under way at one time.
 *
 * <p>{@link dev.fanbench.baseline.requests.Requests} is the choice. It wraps any {@link
 * dev.fanbench.protocol.rpc.RequestHandler}, so that what one request at a time costs can be
 * measured against what the same handler does for many.
 */
package dev.fanbench.baseline.requests;
