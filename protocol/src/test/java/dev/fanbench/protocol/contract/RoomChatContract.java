package dev.fanbench.protocol.contract;

/** Rooms, names and help: the part of the chat that the smallest of servers has. */
public interface RoomChatContract extends RoomContract, CommandContract {}
