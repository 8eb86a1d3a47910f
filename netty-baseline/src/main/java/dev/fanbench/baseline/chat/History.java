package dev.fanbench.baseline.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last 1,000 utterances of a room, in memory only. Thread-safe. */
public final class History {
  /** How many utterances are kept. */
  public static final int CAPACITY = 1_000;

  private final Deque<Utterance> utterances = new ArrayDeque<>();

  synchronized void add(Utterance utterance) {
    if (utterances.size() == CAPACITY) {
      utterances.removeFirst();
    }
    utterances.addLast(utterance);
  }

  /** What is kept now, oldest first. */
  public synchronized List<Utterance> latest() {
    return List.copyOf(utterances);
  }
}
