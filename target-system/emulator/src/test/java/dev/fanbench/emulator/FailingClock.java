package dev.fanbench.emulator;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that fails below one method of the emulator, for a failure in the midst of a request. */
final class FailingClock extends Clock {
  private final Clock good = Clock.systemUTC();
  private volatile String broken = "";

  /**
   * Fails from now on.
   *
   * @param method the simple name of a class and that of its method, as in {@code Handshake.begin}
   */
  void failIn(String method) {
    broken = "." + method;
  }

  /** The message of the failure, different for each method. */
  static String message(String method) {
    return "the clock fails in ." + method;
  }

  @Override
  public Instant instant() {
    String method = broken;
    if (!method.isEmpty() && isBelow(method)) {
      throw new IllegalStateException("the clock fails in " + method);
    }
    return good.instant();
  }

  private static boolean isBelow(String method) {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.anyMatch(
                    frame ->
                        (frame.getClassName() + "." + frame.getMethodName()).endsWith(method)));
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
