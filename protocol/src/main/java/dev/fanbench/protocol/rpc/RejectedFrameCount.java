package dev.fanbench.protocol.rpc;

import java.util.concurrent.atomic.LongAdder;

/**
 * Frames that did not get what they wanted. Thread-safe; one instance may count for many
 * connections.
 *
 * @param malformed frames with an unknown flag, or too short for an id
 * @param unmatched responses to a request that does not wait, or no longer
 * @param refused requests that were answered with the error frame
 */
public record RejectedFrameCount(LongAdder malformed, LongAdder unmatched, LongAdder refused) {
  /** All at zero. */
  public RejectedFrameCount() {
    this(new LongAdder(), new LongAdder(), new LongAdder());
  }
}
