package dev.fanbench.baseline.requests;

import dev.fanbench.protocol.rpc.RequestHandler;
import java.util.Locale;

/** The number of requests that a server handles at one time, by its names on the command line. */
public enum RequestConcurrency {
  /** As many as there are. */
  CONCURRENT,
  /** One, whichever connection it came from; the others wait for it. */
  ONE_AT_A_TIME;

  /** Requests that may wait for the one under way, in bytes of their bodies and 128 for each. */
  static final long WAITING_BYTES = 64L * 1024 * 1024;

  /** Handles requests as {@code handler} does, this many at one time. */
  public RequestHandler handledBy(RequestHandler handler) {
    return this == CONCURRENT ? handler : new SequentialHandler(handler, WAITING_BYTES);
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
