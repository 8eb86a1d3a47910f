package dev.fanbench.gatling.fleet;

/**
 * Follows the messages of a fleet, for a check of a server. Called on the loops, and must not keep
 * the bytes.
 */
public interface FrameTrace {

  /** A client sends a message. */
  void sent(Client client, byte[] payload);

  /** A client received a whole message. */
  void received(Client client, byte[] bytes, int offset, int length);
}
