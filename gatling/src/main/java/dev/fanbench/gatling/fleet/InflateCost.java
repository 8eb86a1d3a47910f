package dev.fanbench.gatling.fleet;

/**
 * The time that the load spends on inflating.
 *
 * @param messages inflated so far
 * @param medianNanos of one message, by a sample of them; 0 when there was none
 */
public record InflateCost(long messages, long medianNanos) {
  static final InflateCost NONE = new InflateCost(0, 0);

  /** The cost on two loops: all messages, and the slower loop's time. */
  InflateCost plus(InflateCost other) {
    return new InflateCost(messages + other.messages, Math.max(medianNanos, other.medianNanos));
  }
}
