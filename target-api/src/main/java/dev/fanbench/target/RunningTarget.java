package dev.fanbench.target;

import java.net.URI;
import java.util.Map;

/** A server that serves as a target, with what its READY line and control URL say. */
public interface RunningTarget extends AutoCloseable {
  /** The address for clients. */
  URI url();

  /** The address that takes posts to connections, or null without one. */
  default URI connections() {
    return null;
  }

  /**
   * Its counters now, by the keys of {@link TargetCounter}. Called while it works, on a thread of
   * its own, so it must not wait for the server.
   */
  Map<String, Long> counters();

  /** The faults that it takes. */
  FaultInjector faults();

  /** The model of the latencies that it adds, in words, or null without one. */
  default String latencies() {
    return null;
  }

  /** The kernel interface in use, or null without a choice. */
  default String transport() {
    return null;
  }

  /**
   * Lines that describe the server to a person who started it by hand.
   *
   * @param ready what it has announced
   */
  default String banner(Ready ready) {
    return "  %-20s %s%n  %-20s %s, GET /counters, POST /fault"
        .formatted("clients", ready.url(), "control", ready.control());
  }

  /** Drains and stops. Bounded in time; safe to call twice. */
  @Override
  void close();
}
