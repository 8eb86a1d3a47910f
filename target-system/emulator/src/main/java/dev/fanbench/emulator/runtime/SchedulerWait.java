package dev.fanbench.emulator.runtime;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The kernel's record of the time that a process's threads ran, and waited for a core. */
final class SchedulerWait {

  private SchedulerWait() {}

  /**
   * Both times of all threads that there are, in nanoseconds; empty when the process is gone, or
   * the kernel keeps no such record.
   */
  static OptionalLong wantedNanos(long pid) {
    Path tasks = Path.of("/proc", String.valueOf(pid), "task");
    long sum = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        // "ran waited slices"
        String[] fields = Files.readString(thread.resolve("schedstat")).strip().split(" ", -1);
        sum += Long.parseLong(fields[0]) + Long.parseLong(fields[1]);
      }
      return OptionalLong.of(sum);
    } catch (IOException | NumberFormatException unknown) {
      return OptionalLong.empty();
    }
  }
}
