package dev.fanbench.protocol.rpc;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/**
 * How one side asks and answers.
 *
 * @param timeout how long an answer may take
 * @param requests what is done about requests of the other side
 * @param timer what the timeout is measured by
 */
@RecordBuilder
public record RpcOptions(Duration timeout, RequestHandler requests, Timer timer)
    implements RpcOptionsBuilder.With {

  /** 10 seconds, and every request is answered with its own body. */
  public static RpcOptions defaults() {
    return new RpcOptions(Duration.ofSeconds(10), RequestHandler.ECHO, Timer.system());
  }
}
