package dev.fanbench.protocol.contract;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;

/** A running target, and what its platform can do. One target serves all tests of a class. */
public interface TargetUnderContract {

  /** Where clients connect, for example {@code ws://127.0.0.1:9001/dev}. */
  URI url();

  /**
   * Whether binary frames are requests. Where they are not, as on API Gateway, a binary frame
   * closes the connection with 1003.
   */
  default boolean takesBinaryFrames() {
    return true;
  }

  /**
   * Whether a single frame may be as long as a message. Where it may not, as on API Gateway, one
   * over 32 KB closes the connection with 1009.
   */
  default boolean takesLongFrames() {
    return true;
  }

  /** Whether frames of one client are handled in the order in which they came. */
  default boolean keepsOrder() {
    return true;
  }

  /**
   * Returns when no publication is under way any more. Where one outlasts the deliveries that a
   * test has awaited, as in a function, it could still reach a client of the next test.
   */
  default void settle() {}

  /**
   * Apart from {@link #settle}, as JUnit does not call what is overridden without its annotation.
   */
  @AfterEach
  default void settleAfterEach() {
    settle();
  }
}
