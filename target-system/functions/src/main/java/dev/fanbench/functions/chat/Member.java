package dev.fanbench.functions.chat;

/**
 * A connection that is to receive a frame.
 *
 * @param connectionId where to post
 * @param room the room it was found in, without a hash sign; may be empty when it was found among
 *     all connections
 * @param connectedAtMillis when it connected, in milliseconds of Unix time
 */
public record Member(String connectionId, String room, long connectedAtMillis) {}
