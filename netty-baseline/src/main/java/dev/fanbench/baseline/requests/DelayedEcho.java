package dev.fanbench.baseline.requests;

import dev.fanbench.protocol.rpc.BinaryPeer;
import dev.fanbench.protocol.rpc.RequestHandler;
import dev.fanbench.protocol.rpc.Timer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers every request with its own body, some time after it came; no thread waits meanwhile.
 *
 * @param time how long a request takes
 * @param timer what that is measured by
 */
public record DelayedEcho(Duration time, Timer timer) implements RequestHandler {

  @Override
  public CompletionStage<ByteBuffer> handle(BinaryPeer from, ByteBuffer body) {
    CompletableFuture<ByteBuffer> answer = new CompletableFuture<>();
    timer.after(time, () -> answer.complete(body));
    return answer;
  }
}
