package dev.fanbench.gatling.fleet;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The address that a fleet connects to, looked up once.
 *
 * @param address empty when the host has none
 * @param sources addresses that connections come from; empty for the choice of the system
 */
record TargetAddress(
    URI uri, String host, int port, Optional<InetAddress> address, List<InetAddress> sources) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  static TargetAddress of(URI uri, SourceSet sources) {
    // A literal IPv6 address stands in brackets in a URI, and nowhere else.
    String host = uri.getHost().replaceAll("[\\[\\]]", "");
    int port = uri.getPort() >= 0 ? uri.getPort() : secure(uri) ? HTTPS : HTTP;
    Optional<InetAddress> address = lookUp(host);
    return new TargetAddress(
        uri, host, port, address, address.map(sources::to).orElseGet(List::of));
  }

  boolean secure() {
    return secure(uri);
  }

  Optional<InetSocketAddress> remote() {
    return address.map(known -> new InetSocketAddress(known, port));
  }

  /** The source address of the n-th connection, or null for the system's choice. */
  InetSocketAddress source(int n) {
    return sources.isEmpty()
        ? null
        : new InetSocketAddress(sources.get(Math.floorMod(n, sources.size())), 0);
  }

  /**
   * The request target: path and query.
   *
   * @param added path and query of the dialect behind those of the URL; may be empty
   * @param query of the client behind both; may be empty
   */
  String resource(String added, String query) {
    int mark = added.indexOf('?');
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String addedPath = mark < 0 ? added : added.substring(0, mark);
    String whole =
        path.endsWith("/") && addedPath.startsWith("/")
            ? path + addedPath.substring(1)
            : path + addedPath;
    String all =
        Stream.of(uri.getRawQuery(), mark < 0 ? null : added.substring(mark + 1), query)
            .filter(part -> part != null && !part.isEmpty())
            .collect(Collectors.joining("&"));
    return (whole.isEmpty() ? "/" : whole) + (all.isEmpty() ? "" : "?" + all);
  }

  private static boolean secure(URI uri) {
    return "wss".equals(uri.getScheme());
  }

  private static Optional<InetAddress> lookUp(String host) {
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException unknown) {
      return Optional.empty();
    }
  }
}
