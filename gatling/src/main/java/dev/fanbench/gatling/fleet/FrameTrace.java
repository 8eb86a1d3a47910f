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

  /**
   * A client received a keep-alive.
   *
   * @param words the frame in words, such as {@code a frame that is '2'}
   * @param answered whether the client answers it
   */
  void keptAlive(Client client, String words, boolean answered);

  /** A client sends the keep-alive of its dialect by itself. */
  void beat(Client client);
}
