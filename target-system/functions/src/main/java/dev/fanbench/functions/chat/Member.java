package dev.fanbench.functions.chat;

/**
 * A connection that is to receive a frame.
 *
 * @param connectionId the connection to post to
 * @param room the room it was found in, without a hash sign; may be empty when it was found among
 *     all connections
 * @param connectedAtMillis the time of its connect, in milliseconds of Unix time
 */
public record Member(String connectionId, String room, long connectedAtMillis) {}
