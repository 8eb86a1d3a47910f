package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.UnreadableRunException;
import dev.fanbench.measurement.run.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs of one side: the same thing, recorded several times.
 *
 * @param name as the user knows it: {@code base}, {@code broadcast=serial}
 * @param runs in the order they were started
 */
public record ComparedSide(String name, List<RecordedRun> runs) {

  /** Fewest runs from which anything is concluded. */
  public static final int LEAST_RUNS = 3;

  /** Fewest runs that are advised. */
  public static final int ADVISED_RUNS = 5;

  private static final String FLOOR = "floor";

  public ComparedSide {
    runs = runs.stream().sorted(Comparator.comparing(r -> r.run().startedAt())).toList();
  }

  /**
   * Reads run directories, and directories of run directories. Floors are left out.
   *
   * @throws UnreadableRunException when a directory is no run and holds none, or a run cannot be
   *     read; its message is fit for a user
   */
  public static ComparedSide read(String name, List<Path> directories) throws IOException {
    List<RecordedRun> runs = new ArrayList<>();
    for (Path directory : directories) {
      for (Path run : runsIn(directory)) {
        RecordedRun recorded = RunReader.read(run);
        if (!recorded.run().target().kind().equals(FLOOR)) {
          runs.add(recorded);
        }
      }
    }
    return new ComparedSide(name, runs);
  }

  private static List<Path> runsIn(Path directory) throws IOException {
    if (Files.exists(directory.resolve("run.json")) || !Files.isDirectory(directory)) {
      return List.of(directory);
    }
    try (Stream<Path> children = Files.list(directory)) {
      List<Path> runs =
          children.filter(child -> Files.exists(child.resolve("run.json"))).sorted().toList();
      if (runs.isEmpty()) {
        throw new UnreadableRunException(directory, "it is no run and holds none");
      }
      return runs;
    }
  }

  /** Labels of its targets, each once, in order. */
  List<String> targets() {
    return runs.stream().map(r -> r.run().target().label()).distinct().toList();
  }

  /** The runs of one target. */
  ComparedSide of(String target) {
    return new ComparedSide(
        name, runs.stream().filter(r -> r.run().target().label().equals(target)).toList());
  }

  /** Those that may be believed. */
  ComparedSide valid() {
    return new ComparedSide(name, runs.stream().filter(ComparedSide::isValid).toList());
  }

  /** Whether a run may be believed. */
  public static boolean isValid(RecordedRun run) {
    return run.run().validity().verdict() == Validity.Verdict.VALID;
  }
}
