package dev.fanbench.gatling.fleet;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses of this machine that connections come from in turn. One pair of addresses has only
 * some 28,000 ports, so a larger load needs several. Immutable.
 *
 * @param addresses empty when none was given: 127.0.0.1 to 127.0.0.8 on Linux for a loopback
 *     target, otherwise the choice of the system
 */
public record SourceSet(List<InetAddress> addresses) {
  /** None given. */
  public static final SourceSet AUTOMATIC = new SourceSet(List.of());

  /** The values that {@link #parse} takes, in words. */
  public static final String ALLOWED =
      "1 to 254 IPv4 addresses of this machine, such as 127.0.0.2-127.0.0.9 or 10.0.0.5,10.0.0.6";

  private static final int MOST = 254;
  private static final long LOOPBACK = 0x7f000000L;
  private static final int AUTOMATIC_LOOPBACK = 8;
  private static final int OCTET_BITS = 8;
  private static final int LAST_OCTET = 0xff;

  public SourceSet {
    addresses = List.copyOf(addresses);
  }

  /**
   * Reads addresses and ranges with commas between.
   *
   * @throws IllegalArgumentException for another text
   */
  public static SourceSet parse(String text) {
    Set<InetAddress> addresses = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      String[] ends = part.trim().split("-", -1);
      long first = number(ends[0]);
      long last = number(ends[ends.length - 1]);
      require(ends.length <= 2 && first <= last && last - first < MOST);
      for (long number = first; number <= last; number++) {
        addresses.add(address(number));
      }
    }
    require(addresses.size() <= MOST);
    return new SourceSet(new ArrayList<>(addresses));
  }

  private static long number(String address) {
    String[] octets = address.split("\\.", -1);
    require(octets.length == Integer.BYTES);
    long number = 0;
    for (String octet : octets) {
      require(octet.matches("\\d{1,3}") && Integer.parseInt(octet) <= LAST_OCTET);
      number = number << OCTET_BITS | Integer.parseInt(octet);
    }
    return number;
  }

  private static InetAddress address(long number) {
    byte[] octets = new byte[Integer.BYTES];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (number >>> (OCTET_BITS * (octets.length - 1 - i)));
    }
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("four bytes are always an address", impossible);
    }
  }

  private static void require(boolean allowed) {
    if (!allowed) {
      throw new IllegalArgumentException("sources takes " + ALLOWED);
    }
  }

  /** The first address that is none of this machine, found by taking a port of each. */
  public Optional<InetAddress> foreign() {
    return addresses.stream().filter(address -> !isOwn(address)).findFirst();
  }

  private static boolean isOwn(InetAddress address) {
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return false;
    }
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(address, 0));
      return true;
    } catch (IOException none) {
      return false;
    }
  }

  /**
   * The first address without a way to a target; sends nothing. Empty also where the target's host
   * is unknown.
   */
  public Optional<InetAddress> withoutWayTo(URI target) {
    return TargetAddress.of(target, this)
        .remote()
        .flatMap(
            remote -> addresses.stream().filter(source -> !reaches(source, remote)).findFirst());
  }

  private static boolean reaches(InetAddress source, InetSocketAddress remote) {
    try (DatagramChannel way = DatagramChannel.open()) {
      way.bind(new InetSocketAddress(source, 0)).connect(remote);
      return source instanceof Inet4Address == remote.getAddress() instanceof Inet4Address;
    } catch (IOException | RuntimeException none) {
      return false;
    }
  }

  /** The number of addresses that connections to a target come from, at least 1. */
  public int countTo(URI target) {
    return Math.max(1, TargetAddress.of(target, this).sources().size());
  }

  /** The addresses for a target; empty for the choice of the system. */
  List<InetAddress> to(InetAddress target) {
    boolean loopback = target instanceof Inet4Address && target.isLoopbackAddress();
    if (!addresses.isEmpty() || !loopback || !onLinux()) {
      return addresses;
    }
    List<InetAddress> automatic = new ArrayList<>();
    for (int last = 1; last <= AUTOMATIC_LOOPBACK; last++) {
      automatic.add(address(LOOPBACK + last));
    }
    return automatic;
  }

  /** Only Linux answers on all of 127.0.0.0/8 without set-up. */
  private static boolean onLinux() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
  }
}
