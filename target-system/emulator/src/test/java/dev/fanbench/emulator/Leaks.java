package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Buffers that were collected before they were released, as Netty's leak detector tells of them.
 */
final class Leaks {
  private static final int COLLECTIONS = 3;
  private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

  private Leaks() {}

  /** Takes note of every leak from now on. */
  static void watch() {
    ByteBufUtil.setLeakListener((type, records) -> FOUND.add(type + records));
  }

  /** Fails if anything has leaked; the detector looks when a buffer is allocated. */
  static void assertNone() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      Unpooled.directBuffer(1).release();
    }
    assertEquals(List.of(), List.copyOf(FOUND));
  }
}
