package dev.fanbench.functions.chat;

/**
 * The connection that sent a frame.
 *
 * @param connectionId the connection that sent it
 * @param name the name of the client
 * @param room the room it is in, without a hash sign
 */
public record Sender(String connectionId, String name, String room) {}
