package dev.fanbench.protocol.rpc;

import java.time.Duration;

/**
 * How one side asks and answers.
 *
 * @param timeout how long an answer may take
 * @param requests what is done about requests of the other side
 * @param timer what the timeout is measured by
 */
public record RpcOptions(Duration timeout, RequestHandler requests, Timer timer) {

  /** 10 seconds, and every request is answered with its own body. */
  public static RpcOptions defaults() {
    return new RpcOptions(Duration.ofSeconds(10), RequestHandler.ECHO, Timer.system());
  }

  /** The same with another timeout. */
  public RpcOptions withTimeout(Duration newTimeout) {
    return new RpcOptions(newTimeout, requests, timer);
  }

  /** The same with another handler. */
  public RpcOptions withRequests(RequestHandler newRequests) {
    return new RpcOptions(timeout, newRequests, timer);
  }

  /** The same with another timer. */
  public RpcOptions withTimer(Timer newTimer) {
    return new RpcOptions(timeout, requests, newTimer);
  }
}
