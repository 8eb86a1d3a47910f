package dev.fanbench.gatling.fleet;

import java.util.Optional;

/**
 * The protocol of a server. In every dialect a publication is a text frame that begins with the
 * stamp, and a delivery is a text frame that holds the stamp somewhere, byte for byte.
 */
public enum Dialect {
  /** The protocol of fanbench's own targets: rooms to join, and requests that are answered. */
  FANBENCH {
    @Override
    public Optional<Join> join(String room) {
      return Optional.of(new Join("/channel " + room, "Changed to #" + room));
    }

    @Override
    public boolean answersRequests() {
      return true;
    }
  },

  /**
   * A server that knows no rooms and no commands: every text goes to everyone who is connected, the
   * sender included or not.
   */
  PLAIN {
    @Override
    public Optional<Join> join(String room) {
      return Optional.empty();
    }

    @Override
    public boolean answersRequests() {
      return false;
    }
  };

  /** The command that joins a room; empty for a server with one room of all its clients. */
  public abstract Optional<Join> join(String room);

  /** Whether {@link StampedText#rpc} comes back to its sender. */
  public abstract boolean answersRequests();

  /** Whether there can be more than one room at a time. */
  public boolean hasRooms() {
    return join("").isPresent();
  }

  /**
   * A command that is answered.
   *
   * @param command sent as text
   * @param answer the whole text that confirms it
   */
  public record Join(String command, String answer) {}
}
