package dev.fanbench.emulator.gateway;

import dev.fanbench.protocol.Limits;
import java.time.Duration;

/**
 * API Gateway's quotas on one connection, as its documentation gives them.
 *
 * @param frameBytes longest frame of a client; a longer one closes with 1009
 * @param messageBytes longest message of a client over all its frames; a longer one closes with
 *     1009
 * @param postBytes longest body of a post; a longer one is answered with 413
 * @param idle a connection without a message for this long is closed with 1001
 * @param age a connection that is this old is closed with 1001
 */
public record GatewayLimits(
    int frameBytes, int messageBytes, int postBytes, Duration idle, Duration age) {

  /** What a new account has. */
  public static GatewayLimits aws() {
    return new GatewayLimits(
        Limits.FRAME_BYTES, Limits.MESSAGE_BYTES, 131_072, Limits.IDLE, Limits.AGE);
  }
}
