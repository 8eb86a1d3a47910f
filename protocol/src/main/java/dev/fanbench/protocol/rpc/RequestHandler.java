package dev.fanbench.protocol.rpc;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers the binary requests of the other side. Called on the thread that reads the connection,
 * which it must not block: slow work belongs elsewhere, and its stage completes then.
 */
@FunctionalInterface
public interface RequestHandler {
  /** Answers every request with its own body. */
  RequestHandler ECHO = (from, body) -> CompletableFuture.completedFuture(body);

  /**
   * Handles one request, or a notice, whose answer goes nowhere.
   *
   * @param from who asks, and can be asked in turn
   * @param body the handler's own to keep
   * @return the answer's body; a failure, or a body over the limit, is answered with the error
   *     frame, and logged unless it is a {@link RequestRefusedException}
   */
  CompletionStage<ByteBuffer> handle(BinaryPeer from, ByteBuffer body);
}
