package dev.fanbench.transport;

import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The part of an address that a connection is opened for.
 *
 * @param tls whether the scheme is {@code https}
 * @param port never a default that is left out
 */
record HostAddress(boolean tls, String host, int port) {

  static HostAddress of(SdkHttpRequest request) {
    return new HostAddress(
        "https".equalsIgnoreCase(request.protocol()), request.host(), request.port());
  }

  /** The value of the header {@code Host}. */
  String header() {
    return port == (tls ? 443 : 80) ? host : host + ":" + port;
  }
}
