package dev.fanbench.measurement.run;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * The counters of an idle phase in a {@link Usage}, beside those of any phase. All are read once
 * for each phase, so that none has an interval.
 */
public enum IdleCounter {
  /** Of the load: nanoseconds from the first connect until the last client was in its room. */
  OPENING_NANOS("idle.openingNanos"),

  /** Of the load: growth of the kernel's caches for sockets, of both ends on this machine. */
  SOCKET_SLAB_BYTES("idle.socketSlabBytes"),

  /** Of the load: growth of the kernel's TCP buffers, of both ends on this machine. */
  SOCKET_BUFFER_BYTES("idle.socketBufferBytes"),

  /** Of the load: bytes of frames, such as pings, that the target sent over all connections. */
  RECEIVED_BYTES("idle.receivedBytes"),

  /** Of the target: resident memory before its connections were opened. */
  RESIDENT_BEFORE("idle.residentBytesBefore"),

  /** Of the target: resident memory with all of its connections. */
  RESIDENT_AFTER("idle.residentBytesAfter"),

  /** Of the target, where it collects garbage on request: heap in use before its connections. */
  HEAP_BEFORE("idle.heapBytesBefore"),

  /** Of the target, where it collects garbage on request: heap in use with its connections. */
  HEAP_AFTER("idle.heapBytesAfter"),

  /** Of the target: the share of a core that it used before its connections were opened. */
  SHARE_BEFORE("idle.shareBefore");

  private final String key;

  IdleCounter(String key) {
    this.key = key;
  }

  /** The name in run directories. */
  public String key() {
    return key;
  }

  /** The value in a usage, which may be null. */
  public OptionalDouble in(Usage usage) {
    Double value = usage == null ? null : usage.counters().get(key);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Adds a value where it is known. */
  public void put(Map<String, Double> counters, OptionalDouble value) {
    value.ifPresent(known -> counters.put(key, known));
  }
}
