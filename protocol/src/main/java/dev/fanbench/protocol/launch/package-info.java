/**
 * How a target is started, watched and read by whoever launched it.
 *
 * <p>A target runs in a process of its own. It prints one {@link
 * dev.fanbench.protocol.launch.Ready} line when it listens, answers questions about itself at a
 * {@link dev.fanbench.protocol.launch.ControlEndpoint}, and drains by an {@link
 * dev.fanbench.protocol.launch.OrderlyStop} when it is asked to end or its parent is gone. Launcher
 * and target share this package and nothing else.
 */
package dev.fanbench.protocol.launch;
