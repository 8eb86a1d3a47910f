package dev.fanbench.baseline;

import dev.fanbench.protocol.contract.ChatClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Waits for a server's figure, since a client cannot see what another client's frame has done. */
final class Awaited {
  private static final long POLL_NANOS = 500_000;

  private Awaited() {}

  /** Returns as soon as the counter {@code name} is {@code expected}; fails after a while. */
  static void counter(NettyServer server, String name, long expected) {
    sum(server, List.of(name), expected);
  }

  /** Returns as soon as the counters add up to {@code expected}; fails after a while. */
  static void sum(NettyServer server, List<String> names, long expected) {
    figure(names.toString(), () -> read(server, names), expected);
  }

  /** Returns as soon as a figure is {@code expected}; fails after a while. */
  static void figure(String name, LongSupplier read, long expected) {
    long deadline = System.nanoTime() + ChatClient.PATIENCE.toNanos();
    long figure = read.getAsLong();
    while (figure != expected) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("%s is %d, not %d".formatted(name, figure, expected));
      }
      LockSupport.parkNanos(POLL_NANOS);
      figure = read.getAsLong();
    }
  }

  private static long read(NettyServer server, List<String> names) {
    Map<String, ? extends Number> figures = server.counters();
    return names.stream().mapToLong(name -> figures.get(name).longValue()).sum();
  }
}
