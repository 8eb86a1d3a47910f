package dev.fanbench.baseline.broadcast;

import java.util.List;

/**
 * The audience of one room.
 *
 * <p>Publications of one publisher reach each member in the order in which they were published. A
 * member that joined before a publication gets it; one that left before it does not.
 */
public interface Broadcaster {

  /**
   * Adds a subscriber. From the return on, whatever is published is delivered to it.
   *
   * <p>Call this on the subscriber's own event loop.
   *
   * @return how to leave again
   */
  RoomMembership join(Subscriber subscriber);

  /**
   * Delivers a text to every member but one. Returns before the deliveries are made on other event
   * loops. Any thread may call this; an event loop serves its own members before it returns.
   *
   * @param text the words, as they go out
   * @param except the member that gets no copy, or {@code null} for none
   */
  void publish(String text, Subscriber except);

  /**
   * Delivers texts that another node has published to every member. Returns before the deliveries
   * are made. Any thread may call this; {@link LoopQueue#takeFilled()} says when to pause.
   *
   * @param texts in UTF-8 and in their order, as they go out; well-formed
   */
  void publishEncoded(List<byte[]> texts);

  /** The number of members now; exact when no one joins or leaves meanwhile. */
  int size();
}
