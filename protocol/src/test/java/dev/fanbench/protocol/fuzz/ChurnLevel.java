package dev.fanbench.protocol.fuzz;

import dev.fanbench.protocol.idle.TargetProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * What a target holds while it has no clients.
 *
 * @param heapBytes live objects, after a collection
 * @param directBytes memory of direct buffers
 * @param threads of the process
 * @param descriptors of the process
 * @param environments of functions, which stay for the next burst; 0 in a target without functions
 * @param stored rows or keys in the store
 */
record ChurnLevel(
    long heapBytes,
    long directBytes,
    long threads,
    long descriptors,
    long environments,
    long stored) {
  /** Connections to the store and to the front door that an environment may keep open. */
  private static final int ENVIRONMENT_DESCRIPTORS = 6;

  static ChurnLevel of(TargetProcess target, Callable<Long> stored) throws Exception {
    long heap = target.memory().liveHeapBytes();
    long pid = target.ready().pid();
    return new ChurnLevel(
        heap,
        target.counter("direct.usedBytes"),
        entries(Path.of("/proc/" + pid + "/task")),
        entries(Path.of("/proc/" + pid + "/fd")),
        figure(target, "lambda.environments"),
        stored.call());
  }

  /** A figure of targets with functions; 0 at others. */
  static long figure(TargetProcess target, String name) throws IOException {
    return target.hasCounter(name) ? target.counter(name) : 0;
  }

  private static long entries(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.count();
    }
  }

  /**
   * The lower of each figure. A leak raises the lowest level of a later half; connections that are
   * still in use when a level is taken raise the highest only.
   */
  ChurnLevel least(ChurnLevel other) {
    return new ChurnLevel(
        Math.min(heapBytes, other.heapBytes),
        Math.min(directBytes, other.directBytes),
        Math.min(threads, other.threads),
        Math.min(descriptors, other.descriptors),
        Math.min(environments, other.environments),
        Math.min(stored, other.stored));
  }

  /**
   * Whether no figure is above the other's by more than the tolerance says. An environment more may
   * have its thread and its connections.
   */
  boolean isWithin(ChurnLevel other, ChurnLevel tolerance) {
    long more = Math.max(0, environments - other.environments);
    return heapBytes <= other.heapBytes + tolerance.heapBytes
        && directBytes <= other.directBytes + tolerance.directBytes
        && threads <= other.threads + tolerance.threads + more
        && descriptors <= other.descriptors + tolerance.descriptors + ENVIRONMENT_DESCRIPTORS * more
        && environments <= other.environments + tolerance.environments
        && stored <= other.stored + tolerance.stored;
  }
}
