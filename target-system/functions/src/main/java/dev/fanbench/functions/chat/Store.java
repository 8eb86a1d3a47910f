package dev.fanbench.functions.chat;

/**
 * All that outlives an event.
 *
 * @param registry who is connected
 * @param messages what was said
 */
public record Store(Registry registry, MessageLog messages) {}
