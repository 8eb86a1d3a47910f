package dev.fanbench.baseline.chat;

/**
 * Something said in a room.
 *
 * @param epochMillis when the server took it, in milliseconds of Unix time
 * @param sender the name the sender had then
 * @param text the words
 */
public record RoomMessage(long epochMillis, String sender, String text) {}
