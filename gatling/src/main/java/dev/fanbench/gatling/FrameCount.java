package dev.fanbench.gatling;

import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.gatling.dialect.JoinRule.Confirmation;
import dev.fanbench.gatling.dialect.OpenStep;

/**
 * Frames that a dialect exchanges besides publications.
 *
 * @param sent by the load
 * @param received by the load
 */
record FrameCount(long sent, long received) {

  /** Frames between the handshake and the first join of one connection. */
  static FrameCount ofOpening(Dialect dialect) {
    long sends = dialect.open().stream().filter(OpenStep.Send.class::isInstance).count();
    return new FrameCount(sends, dialect.open().size() - sends);
  }

  /** Frames by which one client comes into a room. */
  static FrameCount ofJoin(Dialect dialect) {
    Confirmation confirmation = dialect.join().confirmation();
    long confirms =
        confirmation instanceof Confirmation.Frames counted
            ? counted.frames()
            : confirmation instanceof Confirmation.Reply ? 1 : 0;
    return new FrameCount(dialect.join().send().isPresent() ? 1 : 0, confirms);
  }

  /** Frames that one client sends by itself in this time. */
  static FrameCount ofKeepAlive(Dialect dialect, double seconds) {
    return dialect.keepAlive().send().isEmpty()
        ? new FrameCount(0, 0)
        : new FrameCount((long) (seconds / dialect.keepAlive().every().toMillis() * 1_000), 0);
  }

  FrameCount times(long clients) {
    return new FrameCount(sent * clients, received * clients);
  }
}
