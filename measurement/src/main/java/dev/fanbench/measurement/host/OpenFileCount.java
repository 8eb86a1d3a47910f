package dev.fanbench.measurement.host;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.fanbench.measurement.run.UnitFormat;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/**
 * The number of files, sockets among them, that this process may have open.
 *
 * @param limit most it may open, as the JVM has raised it
 * @param open files that are open now
 */
public record OpenFileCount(long limit, long open) {

  /** Left for jars, logs, selectors and whatever else a JVM opens while it runs. */
  private static final long RESERVE = 200;

  /** Reads both now; empty where the system does not tell. */
  public static OptionalLong limitOfThisProcess() {
    OpenFileCount now = ofThisProcess();
    return now == null ? OptionalLong.empty() : OptionalLong.of(now.limit);
  }

  /**
   * Checks that so many connections fit beside what is open, before the first is made.
   *
   * @throws IllegalArgumentException when they do not; one sentence that names how many do
   */
  public static void require(long connections) {
    OpenFileCount now = ofThisProcess();
    if (now != null) {
      now.requireRoomFor(connections);
    }
  }

  /** Connections that fit beside what is open now; empty where the system does not tell. */
  public static OptionalLong roomInThisProcess() {
    OpenFileCount now = ofThisProcess();
    return now == null ? OptionalLong.empty() : OptionalLong.of(now.room());
  }

  private long room() {
    return Math.max(0, limit - open - RESERVE);
  }

  void requireRoomFor(long connections) {
    long room = room();
    if (connections > room) {
      throw new IllegalArgumentException(
          UnitFormat.count(connections)
              + " connections need more open files than this process may have: its limit of "
              + UnitFormat.count(limit)
              + " allows "
              + UnitFormat.count(room)
              + "; raise it with ulimit -n");
    }
  }

  private static OpenFileCount ofThisProcess() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? new OpenFileCount(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount())
        : null;
  }
}
