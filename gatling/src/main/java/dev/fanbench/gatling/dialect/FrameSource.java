package dev.fanbench.gatling.dialect;

/** Composes frames of one form. Thread-safe. */
public interface FrameSource {

  /** The payload of the frame with these values, in an array of its own. */
  byte[] bytes(FrameContext values);

  /** Whether it goes out as a binary frame instead of a text frame. */
  boolean binary();

  /** Whether frames with the same values differ as time goes by. */
  default boolean changesWithTime() {
    return false;
  }

  /** Whether the value of a room stands in the frame. */
  boolean namesRoom();
}
