package dev.fanbench.emulator;

import dev.fanbench.protocol.contract.ChatServerContract;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The chat's contract, with what API Gateway cannot do. */
interface EmulatorContract extends ChatServerContract {
  long POLL_NANOS = 500_000;

  Emulator emulator();

  @Override
  default URI url() {
    return emulator().url();
  }

  @Override
  default void settle() {
    settle(emulator());
  }

  /** Waits until nothing behind a route is still at work; fails if that takes a minute. */
  static void settle(Emulator emulator) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (emulator.counters().get("integrations.inProgress") > 0) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("a function is still at work");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  @Override
  default boolean takesBinaryFrames() {
    return false;
  }

  @Override
  default boolean takesLongFrames() {
    return false;
  }

  @Override
  default boolean keepsOrder() {
    return false;
  }
}
