package dev.fanbench.gatling.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes away the slack of a thread's timers. By default Linux lets a timer fire up to 50 µs late,
 * to wake the processor less often.
 */
final class TimerSlack {
  private static final Path THREAD = Path.of("/proc/thread-self");

  private TimerSlack() {}

  /** Sets the least slack for the calling thread; does nothing on a system without such files. */
  static void remove() {
    try {
      String thread = Files.readSymbolicLink(THREAD).getFileName().toString();
      Files.writeString(Path.of("/proc", thread, "timerslack_ns"), "1");
    } catch (IOException | UnsupportedOperationException e) {
      // The timers of this system keep their slack, which shows in the send delay.
    }
  }
}
