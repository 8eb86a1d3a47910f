package dev.fanbench.emulator.latency;

import java.util.Locale;

/** A stretch of the way of a frame whose time a model draws. */
public enum Hop {
  /** From the upgrade request to the front door, through the edge. */
  HANDSHAKE,
  /** From API Gateway to the beginning of what stands behind a route. */
  INVOKE,
  /** A call of a function to its store, there and back. */
  STORE,
  /** A post to {@code @connections}, there and back; the frame leaves half-way. */
  POST,
  /** From API Gateway to the client. */
  PUSH;

  /** As in a model file and in counters, for example {@code post}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
