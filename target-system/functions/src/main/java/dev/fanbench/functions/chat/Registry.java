package dev.fanbench.functions.chat;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Stores the name, room and user of each connection.
 *
 * <p>Implementations are thread-safe. Every later read in any process sees a completed change: a
 * client that received "Changed to #random" receives all later messages of that room.
 */
public interface Registry {
  /**
   * The lifetime of a connection's record. API Gateway closes a connection after two hours. The
   * other 15 minutes allow for clock differences and for the close itself. Older records are not
   * returned.
   */
  Duration CONNECTION_LIFE = Duration.ofMinutes(135);

  /**
   * Adds a connection to the first room under the first name.
   *
   * @param user the user of the connection, which may have other connections; empty without
   *     authentication
   */
  CompletableFuture<Void> connect(
      String connectionId, Optional<String> user, long connectedAtMillis);

  /** The ids of a user's connections; may be empty. */
  CompletableFuture<Set<String>> connectionsOf(String user);

  /**
   * Removes a connection from its room. The user's other connections stay. An unknown connection is
   * no error.
   */
  CompletableFuture<Void> disconnect(String connectionId);

  /** The name and room of a connection; fails with {@link UnknownConnectionException}. */
  CompletableFuture<Sender> sender(String connectionId);

  /** Gives a connection a name; fails with {@link UnknownConnectionException}. */
  CompletableFuture<Void> rename(String connectionId, String name);

  /** Moves a connection to a room; fails with {@link UnknownConnectionException}. */
  CompletableFuture<Void> move(String connectionId, String room);

  /**
   * The names of rooms that ever had a member: the first room, and as many others as a list of
   * channels may have. The store decides which further rooms are left out.
   */
  CompletableFuture<SortedSet<String>> rooms();

  /**
   * Passes on the members of a room, page by page as they are read.
   *
   * @param each called from any thread, never by two at the same time for one page
   * @return completes after the last call
   */
  CompletableFuture<Void> members(String room, Consumer<Member> each);

  /** Passes on every connection of every room, as {@link #members} does. */
  CompletableFuture<Void> everyone(Consumer<Member> each);

  /** Removes members whose connections are gone for good. */
  CompletableFuture<Void> forget(Collection<Member> gone);
}
