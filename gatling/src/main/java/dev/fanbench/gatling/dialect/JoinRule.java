package dev.fanbench.gatling.dialect;

import java.util.Optional;

/**
 * The way into a room. Immutable.
 *
 * @param send the frame that asks for it; empty where connecting is joining
 * @param confirmation the sign that the client is in the room
 * @param several whether a client that joins another room stays in those that it is in
 */
public record JoinRule(Optional<FrameSource> send, Confirmation confirmation, boolean several) {

  /** The sign that a client is in a room. */
  public sealed interface Confirmation {

    /** A frame that meets a condition. */
    record Reply(FrameMatch match) implements Confirmation {}

    /**
     * A number of frames without a stamp, of any kind.
     *
     * @param frames at least 1
     */
    record Frames(int frames) implements Confirmation {}

    /**
     * The server confirms nothing. Members publish probes until each member of the room has
     * received one.
     */
    record Probe() implements Confirmation {}
  }
}
