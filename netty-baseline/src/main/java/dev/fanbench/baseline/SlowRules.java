package dev.fanbench.baseline;

import dev.fanbench.baseline.broadcast.SlowPolicy;

/**
 * When a subscriber is slow, and what follows.
 *
 * @param policy what becomes of its copies
 * @param maxPendingBytes how much may wait for one subscriber before it counts as slow; each
 *     waiting copy counts as its length and 96 bytes
 * @param sendBufferBytes what the kernel may hold for one subscriber before anything waits here, 0
 *     for its own choice, which is some megabytes
 * @param unsentBytes what the kernel may hold for one subscriber that it has not sent yet, 0 for
 *     its own choice; what is on its way or in the client's own buffers does not count. It holds
 *     with epoll and io_uring.
 */
public record SlowRules(
    SlowPolicy policy, int maxPendingBytes, int sendBufferBytes, int unsentBytes) {
  private static final int DEFAULT_BYTES = 1024 * 1024;
  private static final int DEFAULT_UNSENT_BYTES = 128 * 1024;

  /** Checks ranges; a message names the option, the value and what is allowed. */
  public SlowRules {
    ServerOptions.check(
        maxPendingBytes >= 1024, "max-pending-bytes", maxPendingBytes, "1024 or more");
    ServerOptions.check(sendBufferBytes >= 0, "send-buffer-bytes", sendBufferBytes, "0 or more");
    ServerOptions.check(unsentBytes >= 0, "unsent-bytes", unsentBytes, "0 or more");
  }

  /** What users get. */
  public static SlowRules defaults() {
    return new SlowRules(new SlowPolicy.Drop(), DEFAULT_BYTES, 0, DEFAULT_UNSENT_BYTES);
  }

  /** The same with another policy. */
  public SlowRules withPolicy(SlowPolicy newPolicy) {
    return new SlowRules(newPolicy, maxPendingBytes, sendBufferBytes, unsentBytes);
  }

  /** The same with another bound on what waits for one subscriber. */
  public SlowRules withMaxPendingBytes(int newMaxPendingBytes) {
    return new SlowRules(policy, newMaxPendingBytes, sendBufferBytes, unsentBytes);
  }

  /** The same with another bound on what the kernel holds for one subscriber. */
  public SlowRules withSendBufferBytes(int newSendBufferBytes) {
    return new SlowRules(policy, maxPendingBytes, newSendBufferBytes, unsentBytes);
  }

  /** The same with another bound on what the kernel has not sent. */
  public SlowRules withUnsentBytes(int newUnsentBytes) {
    return new SlowRules(policy, maxPendingBytes, sendBufferBytes, newUnsentBytes);
  }
}
