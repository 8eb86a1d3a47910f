package dev.fanbench.protocol.rpc;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/**
 * Options of one side that asks and answers.
 *
 * @param timeout longest time for an answer
 * @param requests handler of requests of the other side
 * @param timer timer that measures the timeout
 */
@RecordBuilder
public record RpcOptions(Duration timeout, RequestHandler requests, Timer timer)
    implements RpcOptionsBuilder.With {

  /** 10 seconds, and every request is answered with its own body. */
  public static RpcOptions defaults() {
    return new RpcOptions(Duration.ofSeconds(10), RequestHandler.ECHO, Timer.system());
  }
}
