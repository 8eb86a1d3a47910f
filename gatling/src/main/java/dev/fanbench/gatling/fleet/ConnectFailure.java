package dev.fanbench.gatling.fleet;

import java.time.Duration;

/** The reason why an attempt to connect failed. */
public sealed interface ConnectFailure {

  /** One sentence without the target's name and without a full stop. */
  String sentence();

  /** Whether the target is there and only overwhelmed, so that it may be asked again. */
  default boolean isOverwhelmed() {
    return false;
  }

  /** Whether the load's own system is the reason, so that the target was not asked. */
  default boolean isOwn() {
    return false;
  }

  /** The same without secrets of the client that the target has repeated. */
  default ConnectFailure hiding(ClientIdentity identity) {
    return this;
  }

  /** The failure of a system call that was to open a connection. */
  static ConnectFailure ofSystemCall(String reason) {
    if (reason.contains("Connection refused")) {
      return new Refused();
    }
    // EADDRNOTAVAIL: all ports between two addresses are taken.
    return reason.contains("Cannot assign requested address")
        ? new NothingLeft(reason)
        : new OperatingSystem(reason);
  }

  /** The port has no listener. */
  record Refused() implements ConnectFailure {
    @Override
    public String sentence() {
      return "the connection was refused";
    }
  }

  /** The host's name has no address. */
  record UnknownHost(String host) implements ConnectFailure {
    @Override
    public String sentence() {
      return "the host " + host + " is unknown";
    }
  }

  /**
   * No 101 in time.
   *
   * @param after the connect timeout
   * @param step what was being waited for
   */
  record TimedOut(Duration after, Step step) implements ConnectFailure {

    /** The steps of an attempt, in order. */
    public enum Step {
      /** The TCP connection. */
      TCP,
      /** The TLS handshake; {@code wss} only. */
      TLS,
      /** The answer to the WebSocket handshake. */
      WEBSOCKET
    }

    @Override
    public String sentence() {
      String what =
          switch (step) {
            case TCP -> "the connection";
            case TLS -> "the TLS handshake";
            case WEBSOCKET -> "the WebSocket handshake";
          };
      return what + " was not answered within " + after.toMillis() + " ms";
    }
  }

  /**
   * Something answered, but not as a WebSocket server.
   *
   * @param status the HTTP status, or 0 if the answer was not HTTP
   * @param answer the first bytes of the body, or what was wrong with a 101
   */
  record NotAWebSocket(int status, String answer) implements ConnectFailure {
    private static final int SWITCHING = 101;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;

    @Override
    public ConnectFailure hiding(ClientIdentity identity) {
      return new NotAWebSocket(status, identity.hide(answer));
    }

    @Override
    public boolean isOverwhelmed() {
      return status == TOO_MANY_REQUESTS || status >= SERVER_ERRORS;
    }

    @Override
    public String sentence() {
      if (status == SWITCHING) {
        return "the answer to the WebSocket handshake is wrong: " + answer;
      }
      String what = status == 0 ? "something that is not HTTP" : "HTTP " + status;
      return "the answer is not a WebSocket's but "
          + what
          + (answer.isBlank() ? "" : ": " + answer);
    }
  }

  /** The target closed the connection before it answered. */
  record Closed() implements ConnectFailure {
    @Override
    public String sentence() {
      return "the connection was closed before the WebSocket handshake was answered";
    }
  }

  /** TLS could not be agreed, or the certificate is not trusted. */
  record Tls(String reason) implements ConnectFailure {
    @Override
    public String sentence() {
      return "TLS failed: " + reason;
    }
  }

  /** The fleet was closed, or all its connections were, while the attempt was under way. */
  record Abandoned() implements ConnectFailure {
    @Override
    public String sentence() {
      return "the fleet was closed before the WebSocket handshake was answered";
    }
  }

  /** The system of the load has no free port or no file descriptor. */
  record NothingLeft(String reason) implements ConnectFailure {
    @Override
    public boolean isOwn() {
      return true;
    }

    @Override
    public String sentence() {
      return "the load has no free port or file: " + reason;
    }
  }

  /** The operating system would not: no route, a reset. */
  record OperatingSystem(String reason) implements ConnectFailure {
    @Override
    public String sentence() {
      return "the system reports: " + reason;
    }
  }
}
