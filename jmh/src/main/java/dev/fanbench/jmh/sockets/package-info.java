/**
 * A room over real sockets: the sending half in this process, on one event loop, and the receiving
 * half in a process of its own. So neither the receiver's threads nor its garbage appear in the
 * measurement.
 *
 * <p>{@link dev.fanbench.jmh.sockets.LoopbackRoom} is the door; it knows nothing of JMH.
 */
package dev.fanbench.jmh.sockets;
