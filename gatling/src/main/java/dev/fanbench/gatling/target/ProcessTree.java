package dev.fanbench.gatling.target;

import dev.fanbench.target.Stopwatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process and the processes below it, as they were at one moment. A server with a command is the
 * child of a shell, so the end of the shell is not that of the server. Immutable.
 *
 * @param root the process that fanbench has started
 * @param below its children before their own
 */
record ProcessTree(Process root, List<ProcessHandle> below) {
  private static final long POLL_MILLIS = 2;

  /** The processes that run now. */
  static ProcessTree of(Process root) {
    return new ProcessTree(root, root.descendants().toList());
  }

  /**
   * Kills all of them. The root is last: a shell that ends before its server asks it to end, which
   * is no kill.
   */
  void kill() {
    below.forEach(ProcessHandle::destroyForcibly);
    root.destroyForcibly();
  }

  /**
   * Waits for the end of all of them.
   *
   * @return whether none of them runs
   */
  boolean awaitEnd(long nanos) throws InterruptedException {
    Stopwatch waited = new Stopwatch();
    if (!root.waitFor(nanos, TimeUnit.NANOSECONDS)) {
      return false;
    }
    while (below.stream().anyMatch(ProcessTree::isRunning)) {
      if (waited.elapsedNanos() > nanos) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  /**
   * Whether a process runs. One that has ended is still listed until its parent reads its exit
   * code, which the first process of a container may never do.
   */
  static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && !isZombie(process.pid());
  }

  private static boolean isZombie(long pid) {
    try {
      Path stat = Path.of("/proc", String.valueOf(pid), "stat");
      String fields = Files.readString(stat, StandardCharsets.ISO_8859_1);
      return fields.startsWith("Z", fields.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false; // It has ended since, or this is no Linux.
    }
  }
}
