package dev.fanbench.functions.chat;

/**
 * The state that outlives an event.
 *
 * @param registry the connections
 * @param messages the chat lines
 */
public record ChatStore(Registry registry, MessageLog messages) {}
