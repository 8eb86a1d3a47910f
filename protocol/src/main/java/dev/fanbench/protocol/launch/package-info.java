/**
 * How a target is started, watched and read by whoever launched it.
 *
 * <p>A target runs in a process of its own. It prints one {@link
 * dev.fanbench.protocol.launch.Ready} line when it listens, answers questions about itself at a
 * {@link dev.fanbench.protocol.launch.ControlEndpoint}, and goes away with its parent by a {@link
 * dev.fanbench.protocol.launch.ParentWatch}. Launcher and target share this package and nothing
 * else.
 */
package dev.fanbench.protocol.launch;
