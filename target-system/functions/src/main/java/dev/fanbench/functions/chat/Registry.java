package dev.fanbench.functions.chat;

import java.util.Collection;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * Who is connected, how they are called and in which room they are.
 *
 * <p>Methods block until they are done. Implementations are thread-safe, and a change that is done
 * is seen by every later read of any process: who was told "Changed to #random" receives what is
 * said there from then on.
 */
public interface Registry {
  /** Adds a connection to the first room under the first name. */
  void connect(String connectionId, long connectedAtMillis);

  /** Removes a connection from wherever it is; one that is not there is no error. */
  void disconnect(String connectionId);

  /**
   * Where a connection is.
   *
   * @throws UnknownConnectionException if it is nowhere
   */
  Sender sender(String connectionId);

  /**
   * Gives a connection a name.
   *
   * @throws UnknownConnectionException if it is nowhere
   */
  void rename(String connectionId, String name);

  /**
   * Moves a connection to a room.
   *
   * @throws UnknownConnectionException if it is nowhere
   */
  void move(String connectionId, String room);

  /** The names of all rooms that anybody was ever in. */
  SortedSet<String> rooms();

  /**
   * Tells the members of a room, page by page as they are read.
   *
   * @param each called by any thread, and by several at the same time
   */
  void members(String room, Consumer<Member> each);

  /** Tells every connection of every room, as {@link #members} does. */
  void everyone(Consumer<Member> each);

  /** Removes members whose connections are gone for good. */
  void forget(Collection<Member> gone);
}
