/**
 * The chat of the in-memory server: rooms, names, history and answers.
 *
 * <p>One {@link dev.fanbench.baseline.chat.InMemoryChat} is shared by all connections; each has a
 * {@link dev.fanbench.baseline.chat.ChatSession} of its own that lives on the connection's event
 * loop.
 */
package dev.fanbench.baseline.chat;
