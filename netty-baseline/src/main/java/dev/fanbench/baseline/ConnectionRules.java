package dev.fanbench.baseline;

import dev.fanbench.protocol.rpc.RpcOptions;
import java.time.InstantSource;

/**
 * What holds on every connection of a server.
 *
 * @param rpc how binary requests are answered, and asked
 * @param clock dates what is said
 */
public record ConnectionRules(RpcOptions rpc, InstantSource clock) {

  /** What users get. */
  public static ConnectionRules defaults() {
    return new ConnectionRules(RpcOptions.defaults(), InstantSource.system());
  }

  /** The same with another way to answer and to ask. */
  public ConnectionRules withRpc(RpcOptions newRpc) {
    return new ConnectionRules(newRpc, clock);
  }

  /** The same by another clock. */
  public ConnectionRules withClock(InstantSource newClock) {
    return new ConnectionRules(rpc, newClock);
  }
}
