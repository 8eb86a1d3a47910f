/**
 * The hot path of the in-memory chat: it turns one publication into many deliveries.
 *
 * <p>A {@link dev.fanbench.baseline.broadcast.Broadcaster} is the audience of one room. It holds
 * its members by event loop, in arrays that only that loop changes, so membership needs no lock. A
 * publication is encoded once, deflated once if a member wants that, and costs one task per loop.
 * {@link dev.fanbench.baseline.broadcast.BroadcastKind} names the broadcasters; the plain one stays
 * for comparison.
 *
 * <p>This package knows channels and frames, but no names, rooms or commands. A benchmark can drive
 * it without a server.
 */
package dev.fanbench.baseline.broadcast;
