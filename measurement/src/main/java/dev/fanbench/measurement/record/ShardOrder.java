package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.workload.Shard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Checks that shards are all of their run, each of them once. */
final class ShardOrder {
  private static final int MOST_NAMED = 5;

  private ShardOrder() {}

  /**
   * Checks the numbers of shards.
   *
   * @throws IllegalArgumentException with a sentence that names gaps, doubles or others
   */
  static void require(List<RecordedRun> runs) {
    Shard first = runs.get(0).run().shard();
    Map<Integer, RecordedRun> byIndex = new HashMap<>();
    for (RecordedRun run : runs) {
      Shard shard = run.run().shard();
      if (run.run().share() == null || runs.get(0).run().share() == null) {
        throw new IllegalArgumentException(
            "A merge is of shards of one run or of whole runs; %s is %s and %s is %s."
                .formatted(path(runs.get(0)), words(runs.get(0)), path(run), words(run)));
      }
      if (shard.count() != first.count()) {
        throw new IllegalArgumentException(
            "The runs have different numbers of shards: %s is %s and %s is %s."
                .formatted(path(runs.get(0)), first.words(), path(run), shard.words()));
      }
      RecordedRun before = byIndex.put(shard.index(), run);
      if (before != null) {
        throw new IllegalArgumentException(
            "Two runs are shard %d of %d: %s and %s."
                .formatted(shard.index(), shard.count(), path(before), path(run)));
      }
    }
    List<Integer> missing =
        IntStream.range(0, first.count()).filter(i -> !byIndex.containsKey(i)).boxed().toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "Shards are missing: %s%s of %d."
              .formatted(
                  missing.stream()
                      .limit(MOST_NAMED)
                      .map(String::valueOf)
                      .collect(Collectors.joining(", ")),
                  missing.size() > MOST_NAMED ? " and others" : "",
                  first.count()));
    }
  }

  private static String words(RecordedRun run) {
    return run.run().share() == null ? "a whole run" : run.run().shard().words();
  }

  private static String path(RecordedRun run) {
    return run.directory().path().toAbsolutePath().normalize().toString();
  }
}
