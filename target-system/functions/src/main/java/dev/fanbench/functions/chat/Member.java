package dev.fanbench.functions.chat;

/**
 * A connection that is to receive a frame.
 *
 * @param connectionId where to post
 * @param room the room it is in, without a hash sign
 * @param connectedAtMillis when it connected, in milliseconds of Unix time
 */
public record Member(String connectionId, String room, long connectedAtMillis) {}
