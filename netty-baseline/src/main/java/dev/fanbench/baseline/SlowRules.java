package dev.fanbench.baseline;

import dev.fanbench.baseline.broadcast.LoopQueue;
import dev.fanbench.baseline.broadcast.SlowPolicy;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Bounds on bytes that wait for slow subscribers, and the policy for their copies.
 *
 * @param policy the treatment of copies for a slow subscriber
 * @param maxPendingBytes bytes that may wait for one subscriber before it counts as slow; each
 *     waiting copy counts as its length and 96 bytes
 * @param sendBufferBytes bytes that the kernel may hold for one subscriber before anything waits
 *     here; 0 for its own choice, which is some megabytes
 * @param unsentBytes bytes that the kernel may hold for one subscriber before it has sent them; 0
 *     for its own choice. Bytes on their way or in the client's own buffers do not count. Holds
 *     with epoll and io_uring.
 * @param loopQueueBytes bytes of publications that may wait for one event loop; beyond, publishers
 *     on other loops are not read from
 */
@RecordBuilder
public record SlowRules(
    SlowPolicy policy,
    int maxPendingBytes,
    int sendBufferBytes,
    int unsentBytes,
    int loopQueueBytes)
    implements SlowRulesBuilder.With {
  private static final int DEFAULT_BYTES = 1024 * 1024;
  private static final int DEFAULT_UNSENT_BYTES = 128 * 1024;

  /** Checks ranges; a message names the option, the value and the values that are allowed. */
  public SlowRules {
    ServerOptions.check(
        maxPendingBytes >= 1024, "max-pending-bytes", maxPendingBytes, "1024 or more");
    ServerOptions.check(sendBufferBytes >= 0, "send-buffer-bytes", sendBufferBytes, "0 or more");
    ServerOptions.check(unsentBytes >= 0, "unsent-bytes", unsentBytes, "0 or more");
    ServerOptions.check(loopQueueBytes >= 1024, "loop-queue-bytes", loopQueueBytes, "1024 or more");
  }

  /** The rules unless others are chosen. */
  public static SlowRules defaults() {
    return new SlowRules(
        new SlowPolicy.Drop(), DEFAULT_BYTES, 0, DEFAULT_UNSENT_BYTES, LoopQueue.DEFAULT_BYTES);
  }
}
