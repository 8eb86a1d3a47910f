package dev.fanbench.functions.chat;

/**
 * Where a frame comes from.
 *
 * @param connectionId the connection that sent it
 * @param name how the client is called
 * @param room the room it is in, without a hash sign
 */
public record Sender(String connectionId, String name, String room) {}
