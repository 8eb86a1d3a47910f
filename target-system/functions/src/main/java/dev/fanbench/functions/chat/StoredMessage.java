package dev.fanbench.functions.chat;

/**
 * A stored line of chat.
 *
 * @param id unique, so that two messages of one millisecond are two messages
 * @param sender its author and room
 * @param text the client's text, unchanged
 * @param sentAtMillis the time at which the function received it, in milliseconds of Unix time
 */
public record StoredMessage(String id, Sender sender, String text, long sentAtMillis) {}
