package dev.fanbench.functions.chat;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Who is connected, how they are called, in which room they are and which user they belong to.
 *
 * <p>Implementations are thread-safe, and a change that has completed is seen by every later read
 * of any process: who was told "Changed to #random" receives what is said there from then on.
 */
public interface Registry {
  /**
   * How long a connection is kept. API Gateway closes one after two hours; the rest is for a clock
   * that is off and for the close itself. Older ones are told to nobody.
   */
  Duration CONNECTION_LIFE = Duration.ofMinutes(135);

  /**
   * Adds a connection to the first room under the first name.
   *
   * @param user whose connection it is, beside others of the same user; empty where nobody is
   *     authenticated
   */
  CompletableFuture<Void> connect(
      String connectionId, Optional<String> user, long connectedAtMillis);

  /** The ids of the connections that a user has; none is no error. */
  CompletableFuture<Set<String>> connectionsOf(String user);

  /**
   * Removes a connection from wherever it is, the user's others staying; one that is not there is
   * no error.
   */
  CompletableFuture<Void> disconnect(String connectionId);

  /** Where a connection is; fails with {@link UnknownConnectionException}. */
  CompletableFuture<Sender> sender(String connectionId);

  /** Gives a connection a name; fails with {@link UnknownConnectionException}. */
  CompletableFuture<Void> rename(String connectionId, String name);

  /** Moves a connection to a room; fails with {@link UnknownConnectionException}. */
  CompletableFuture<Void> move(String connectionId, String room);

  /**
   * The names of rooms that anybody was ever in: the first room, and of the others as many as a
   * list of channels may have. Which of more rooms are left out depends on the store.
   */
  CompletableFuture<SortedSet<String>> rooms();

  /**
   * Tells the members of a room, page by page as they are read.
   *
   * @param each called from any thread, never by two at the same time for one page
   * @return completes after the last call
   */
  CompletableFuture<Void> members(String room, Consumer<Member> each);

  /** Tells every connection of every room, as {@link #members} does. */
  CompletableFuture<Void> everyone(Consumer<Member> each);

  /** Removes members whose connections are gone for good. */
  CompletableFuture<Void> forget(Collection<Member> gone);
}
