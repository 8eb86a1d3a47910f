package dev.fanbench.baseline.requests;

import dev.fanbench.protocol.rpc.BinaryPeer;
import dev.fanbench.protocol.rpc.RequestHandler;
import dev.fanbench.protocol.rpc.RequestRefusedException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Handles one request after the other for a whole server, in the order of their arrival, as the
 * system did that the binary form comes from. That system lost requests when it was full. Here a
 * request waits, and is refused if the queue is full; its sender gets the refusal and the server
 * counts it. Thread-safe.
 */
final class SequentialHandler implements RequestHandler {
  private static final int BYTES_OF_A_TURN = 128;

  private final RequestHandler handler;
  private final long mostWaitingBytes;

  // Both are guarded by this object's monitor.
  private final Queue<Turn> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean underWay;

  private final AtomicInteger pumps = new AtomicInteger();

  private record Turn(BinaryPeer from, ByteBuffer body, CompletableFuture<ByteBuffer> answer) {
    long bytes() {
      return body.remaining() + (long) BYTES_OF_A_TURN;
    }
  }

  /**
   * @param handler what is done about each request
   * @param mostWaitingBytes how much may wait; each request counts as its body and 128 bytes
   */
  SequentialHandler(RequestHandler handler, long mostWaitingBytes) {
    this.handler = handler;
    this.mostWaitingBytes = mostWaitingBytes;
  }

  @Override
  public CompletionStage<ByteBuffer> handle(BinaryPeer from, ByteBuffer body) {
    Turn turn = new Turn(from, body, new CompletableFuture<>());
    if (!queue(turn)) {
      return CompletableFuture.failedFuture(
          new RequestRefusedException("too much waits for the request under way"));
    }
    pump();
    return turn.answer();
  }

  private synchronized boolean queue(Turn turn) {
    if (waitingBytes + turn.bytes() > mostWaitingBytes) {
      return false;
    }
    waitingBytes += turn.bytes();
    return waiting.add(turn);
  }

  /** The request whose turn it is; {@code null} while there is none, or another is under way. */
  private synchronized Turn next() {
    if (underWay || waiting.isEmpty()) {
      return null;
    }
    underWay = true;
    Turn next = waiting.remove();
    waitingBytes -= next.bytes();
    return next;
  }

  private synchronized void over() {
    underWay = false;
  }

  /**
   * Starts whatever may start. A request may be over before its handler returns; {@code pumps}
   * turns that recursion into another turn of the loop.
   */
  private void pump() {
    if (pumps.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    do {
      for (Turn turn = next(); turn != null; turn = next()) {
        start(turn);
      }
      seen = pumps.addAndGet(-seen);
    } while (seen > 0);
  }

  private void start(Turn turn) {
    CompletionStage<ByteBuffer> answer;
    try {
      answer = handler.handle(turn.from(), turn.body());
    } catch (RuntimeException failure) {
      answer = CompletableFuture.failedFuture(failure);
    }
    var unused =
        answer.whenComplete(
            (body, failure) -> {
              if (failure == null) {
                turn.answer().complete(body);
              } else {
                turn.answer().completeExceptionally(failure);
              }
              over();
              pump();
            });
  }
}
