package dev.fanbench.gatling.fleet;

/**
 * Follows one attempt to connect. Called on the loop the attempt was made on; exactly one of {@link
 * #connected} and {@link #failed} is called, once. Times are on the fleet's clock.
 */
public interface ConnectListener {

  /** The attempt begins: the next thing done is the system call that opens the TCP connection. */
  default void connecting(long nowNanos) {}

  /**
   * The TLS handshake has ended; never called for {@code ws}.
   *
   * @param openedAtNanos when TCP was connected, so that it could begin
   */
  default void secured(long openedAtNanos, long nowNanos) {}

  /**
   * The target accepted the WebSocket.
   *
   * @param nowNanos when the last byte of {@code 101 Switching Protocols} had been read
   */
  void connected(Client client, long nowNanos);

  /** There is no connection, and nothing is left open. */
  void failed(ConnectFailure failure, long nowNanos);
}
