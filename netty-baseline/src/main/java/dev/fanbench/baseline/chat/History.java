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
  private final Deque<RoomMessage> messages = new ArrayDeque<>();
  private long bytes;

  History(int mostBytes, HistoryBudget budget, RoomCounter counters) {
    this.mostBytes = mostBytes;
    this.budget = budget;
    this.counters = counters;
  }

  /** Keeps a message; false if that would be too much for the chat, not for the room. */
  synchronized boolean add(RoomMessage message) {
    long size = size(message);
    if (size > mostBytes) {
      counters.utterancesForgotten().increment();
      return true;
    }
    if (messages.size() == CAPACITY) {
      removeOldest();
    }
    while (bytes + size > mostBytes) {
      removeOldest();
      counters.utterancesForgotten().increment();
    }
    if (!budget.take(size)) {
      return false;
    }
    messages.addLast(message);
    bytes += size;
    return true;
  }

  /** Keeps a message in place of the oldest ones here, if they are large enough. */
  synchronized void addInPlaceOfOldest(RoomMessage message) {
    while (!messages.isEmpty() && !add(message)) {
      removeOldest();
      counters.utterancesForgotten().increment();
    }
    if (messages.isEmpty() && !add(message)) {
      counters.utterancesForgotten().increment();
    }
  }

  /** Forgets all of it, and returns how many bytes that were. */
  synchronized long clear() {
    long cleared = bytes;
    while (!messages.isEmpty()) {
      removeOldest();
      counters.utterancesForgotten().increment();
    }
    return cleared;
  }

  private void removeOldest() {
    long size = size(messages.removeFirst());
    bytes -= size;
    budget.giveBack(size);
  }

  private static long size(RoomMessage message) {
    long characters = (long) message.sender().length() + message.text().length();
    return Character.BYTES * characters + UTTERANCE_BYTES;
  }

  /** The kept utterances, oldest first. */
  public synchronized List<RoomMessage> latest() {
    return List.copyOf(messages);
  }
}
