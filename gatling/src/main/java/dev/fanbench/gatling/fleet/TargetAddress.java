package dev.fanbench.gatling.fleet;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The address that a fleet connects to, looked up once.
 *
 * @param address empty when the host has none
 * @param sources see {@link FleetOptions#sources}
 */
record TargetAddress(URI uri, String host, int port, Optional<InetAddress> address, int sources) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  static TargetAddress of(URI uri, int sources) {
    // A literal IPv6 address stands in brackets in a URI, and nowhere else.
    String host = uri.getHost().replaceAll("[\\[\\]]", "");
    int port = uri.getPort() >= 0 ? uri.getPort() : secure(uri) ? HTTPS : HTTP;
    return new TargetAddress(uri, host, port, lookUp(host), sources);
  }

  boolean secure() {
    return secure(uri);
  }

  Optional<InetSocketAddress> remote() {
    return address.map(known -> new InetSocketAddress(known, port));
  }

  /** The source address of the n-th connection, or null for the system's choice. */
  InetSocketAddress source(int n) {
    if (sources == 0 || !address.map(TargetAddress::isLoopback4).orElse(false)) {
      return null;
    }
    byte[] source = {127, 0, 0, (byte) (1 + Math.floorMod(n, sources))};
    try {
      return new InetSocketAddress(InetAddress.getByAddress(source), 0);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("four bytes are always an address", impossible);
    }
  }

  /**
   * The request target: path and query.
   *
   * @param added path and query of the dialect behind those of the URL; may be empty
   */
  String resource(String added) {
    int mark = added.indexOf('?');
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String addedPath = mark < 0 ? added : added.substring(0, mark);
    String whole =
        path.endsWith("/") && addedPath.startsWith("/")
            ? path + addedPath.substring(1)
            : path + addedPath;
    String query =
        Stream.of(uri.getRawQuery(), mark < 0 ? null : added.substring(mark + 1))
            .filter(part -> part != null && !part.isEmpty())
            .collect(Collectors.joining("&"));
    return (whole.isEmpty() ? "/" : whole) + (query.isEmpty() ? "" : "?" + query);
  }

  private static boolean secure(URI uri) {
    return "wss".equals(uri.getScheme());
  }

  private static boolean isLoopback4(InetAddress address) {
    return address instanceof Inet4Address && address.isLoopbackAddress();
  }

  private static Optional<InetAddress> lookUp(String host) {
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException unknown) {
      return Optional.empty();
    }
  }
}
