package dev.fanbench.baseline;

import java.util.concurrent.atomic.LongAdder;

/**
 * Pings of a server. Thread-safe.
 *
 * @param sent pings written
 * @param answered pongs that came, asked for or not
 * @param unanswered connections ended because their clients showed no sign of life
 */
record PingCounter(LongAdder sent, LongAdder answered, LongAdder unanswered) {
  PingCounter() {
    this(new LongAdder(), new LongAdder(), new LongAdder());
  }
}
