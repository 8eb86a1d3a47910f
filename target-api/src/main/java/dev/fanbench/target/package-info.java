/**
 * A target as a process: how it is started, read, disturbed and stopped.
 *
 * <p>A target runs in a process of its own, by a {@link dev.fanbench.target.TargetCommand}. It
 * prints one {@link dev.fanbench.target.Ready} line when it accepts connections. It reports {@link
 * dev.fanbench.target.TargetCounter counters} at its {@link dev.fanbench.target.ControlEndpoint}.
 * An {@link dev.fanbench.target.OrderlyStop} drains it when it is told to end or its parent is
 * gone. The load and the targets share this module and the protocol, nothing else.
 */
package dev.fanbench.target;
