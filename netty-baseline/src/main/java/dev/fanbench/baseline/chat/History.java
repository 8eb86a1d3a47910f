package dev.fanbench.baseline.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last utterances of a room, in memory only: 1,000 at most, within the bytes of a room and of
 * the whole chat. Thread-safe.
 */
public final class History {
  /** Most utterances that are kept. */
  public static final int CAPACITY = 1_000;

  private static final int UTTERANCE_BYTES = 128;

  private final int mostBytes;
  private final HistoryBudget budget;
  private final RoomCounter counters;
  private final Deque<RoomMessage> utterances = new ArrayDeque<>();
  private long bytes;

  History(int mostBytes, HistoryBudget budget, RoomCounter counters) {
    this.mostBytes = mostBytes;
    this.budget = budget;
    this.counters = counters;
  }

  /** Keeps an utterance; false if that would be too much for the chat, not for the room. */
  synchronized boolean add(RoomMessage utterance) {
    long size = size(utterance);
    if (size > mostBytes) {
      counters.utterancesForgotten().increment();
      return true;
    }
    if (utterances.size() == CAPACITY) {
      removeOldest();
    }
    while (bytes + size > mostBytes) {
      removeOldest();
      counters.utterancesForgotten().increment();
    }
    if (!budget.take(size)) {
      return false;
    }
    utterances.addLast(utterance);
    bytes += size;
    return true;
  }

  /** Keeps an utterance in place of the oldest ones here, if they are large enough. */
  synchronized void addInPlaceOfOldest(RoomMessage utterance) {
    while (!utterances.isEmpty() && !add(utterance)) {
      removeOldest();
      counters.utterancesForgotten().increment();
    }
    if (utterances.isEmpty() && !add(utterance)) {
      counters.utterancesForgotten().increment();
    }
  }

  /** Forgets all of it, and returns how many bytes that were. */
  synchronized long clear() {
    long cleared = bytes;
    while (!utterances.isEmpty()) {
      removeOldest();
      counters.utterancesForgotten().increment();
    }
    return cleared;
  }

  private void removeOldest() {
    long size = size(utterances.removeFirst());
    bytes -= size;
    budget.giveBack(size);
  }

  private static long size(RoomMessage utterance) {
    long characters = (long) utterance.sender().length() + utterance.text().length();
    return Character.BYTES * characters + UTTERANCE_BYTES;
  }

  /** The kept utterances, oldest first. */
  public synchronized List<RoomMessage> latest() {
    return List.copyOf(utterances);
  }
}
