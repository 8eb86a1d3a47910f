package dev.fanbench.protocol.contract;

/** What clients say and hear, whatever connects them: the part of the chat that has no platform. */
public interface ConversationContract
    extends RoomContract, CommandContract, ActionContract, PublishContract {}
