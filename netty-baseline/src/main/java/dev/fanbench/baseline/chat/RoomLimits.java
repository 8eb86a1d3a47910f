package dev.fanbench.baseline.chat;

import dev.fanbench.protocol.ChatLimits;

/**
 * Bounds on what is remembered of rooms. Rooms that have members are always remembered.
 *
 * @param emptyRooms rooms without members that are remembered, the last ones left
 * @param roomHistoryBytes history of one room; a message counts as two bytes for each character and
 *     128
 * @param historyBytes history of all rooms together
 */
public record RoomLimits(int emptyRooms, int roomHistoryBytes, long historyBytes) {
  private static final int ROOM_HISTORY_BYTES = 1024 * 1024;
  private static final long HISTORY_BYTES = 64L * 1024 * 1024;

  /** As users get it. */
  public static RoomLimits defaults() {
    return new RoomLimits(ChatLimits.ROOMS, ROOM_HISTORY_BYTES, HISTORY_BYTES);
  }
}
