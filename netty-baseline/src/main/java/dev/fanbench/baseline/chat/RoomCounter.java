package dev.fanbench.baseline.chat;

import java.util.concurrent.atomic.LongAdder;

/**
 * Bounds that were hit. Thread-safe.
 *
 * @param roomsForgotten rooms without members that were forgotten with their history
 * @param roomsUnlisted rooms left out of lists, once for each list
 * @param utterancesForgotten utterances forgotten, or not kept, because of their bytes
 */
public record RoomCounter(
    LongAdder roomsForgotten, LongAdder roomsUnlisted, LongAdder utterancesForgotten) {
  /** Nothing counted yet. */
  public RoomCounter() {
    this(new LongAdder(), new LongAdder(), new LongAdder());
  }
}
