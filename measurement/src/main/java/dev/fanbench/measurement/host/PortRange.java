package dev.fanbench.measurement.host;

import dev.fanbench.measurement.run.UnitFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The ports that the system gives to connections. Each source address has all of them for one
 * target.
 *
 * @param first the lowest
 * @param last the highest
 */
public record PortRange(int first, int last) {
  /** The default of Linux, 28,232 ports. */
  static final PortRange DEFAULT = new PortRange(32_768, 60_999);

  private static final Path FILE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  /** Reads the range; that of Linux's default where the system does not tell. */
  public static PortRange ofThisMachine() {
    return read(FILE);
  }

  static PortRange read(Path file) {
    try {
      String[] ends = Files.readString(file).trim().split("\\s+", -1);
      return new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    } catch (IOException | RuntimeException untold) {
      return DEFAULT;
    }
  }

  /** Number of ports. */
  public int count() {
    return last - first + 1;
  }

  /**
   * Checks that so many connections to one target have a port each.
   *
   * @param addresses source addresses of the connections
   * @throws IllegalArgumentException when they do not; one sentence that names how many do
   */
  public void require(long connections, int addresses) {
    long room = (long) count() * addresses;
    if (connections > room) {
      throw new IllegalArgumentException(
          "%s connections to one target need more ports than this machine has: %s for each of its %d source addresses allow %s; name more of them with sources="
              .formatted(
                  UnitFormat.count(connections),
                  UnitFormat.count(count()),
                  addresses,
                  UnitFormat.count(room)));
    }
  }
}
