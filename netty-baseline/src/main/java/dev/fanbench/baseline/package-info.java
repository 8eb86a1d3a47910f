/**
 * The in-memory chat server, on Netty.
 *
 * <p>{@link dev.fanbench.baseline.NettyServer} listens and stops; a connection starts in {@code
 * UpgradeHandler}, which answers HTTP, and goes on in {@code ConnectionHandler}, which turns frames
 * into calls of {@link dev.fanbench.baseline.chat.ChatSession}. {@link
 * dev.fanbench.baseline.NettyTarget} is the command that runs it in a process of its own.
 */
package dev.fanbench.baseline;
