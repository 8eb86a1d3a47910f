/**
 * How one publication becomes many deliveries: the hot path of the in-memory chat.
 *
 * <p>A {@link dev.fanbench.baseline.broadcast.Broadcaster} is the audience of one room. It holds
 * its members by event loop, in arrays that only that loop touches, so membership needs no lock; a
 * publication is encoded once, deflated once if anybody wants it so, and costs one task per loop.
 * {@link dev.fanbench.baseline.broadcast.BroadcastKind} names the ways to do it; the plain one
 * stays as the yardstick.
 *
 * <p>This package knows channels and frames. It knows nothing of names, rooms or commands, and can
 * be driven by a benchmark without a server.
 */
package dev.fanbench.baseline.broadcast;
