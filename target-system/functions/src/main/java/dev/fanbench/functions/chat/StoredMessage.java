package dev.fanbench.functions.chat;

/**
 * A line of chat as it is kept.
 *
 * @param id unique, so that two messages of one millisecond are two messages
 * @param sender who said it, and in which room
 * @param text what was said, unchanged
 * @param sentAtMillis when the function received it, in milliseconds of Unix time
 */
public record StoredMessage(String id, Sender sender, String text, long sentAtMillis) {}
