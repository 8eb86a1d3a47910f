package dev.fanbench.target;

import java.io.IOException;
import java.io.InputStream;

/**
 * Tells a target that the process which launched it is gone.
 *
 * <p>The launcher holds the other end of the target's standard input and writes nothing. The kernel
 * closes that end however the launcher ends, {@code SIGKILL} included, so end of input is the one
 * signal that cannot be missed.
 */
public final class ParentWatch {
  private ParentWatch() {}

  /**
   * Watches in a daemon thread.
   *
   * @param parent the stream whose end means that the parent is gone; what it holds is ignored
   * @param onGone called once, on the watching thread
   */
  public static void start(InputStream parent, Runnable onGone) {
    Thread watch =
        new Thread(
            () -> {
              awaitEnd(parent);
              onGone.run();
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void awaitEnd(InputStream parent) {
    byte[] ignored = new byte[256];
    try {
      while (parent.read(ignored) >= 0) {
        // Only the end is of interest.
      }
    } catch (IOException broken) {
      // A pipe that cannot be read has no parent at its other end either.
    }
  }
}
