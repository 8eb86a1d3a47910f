package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.Turn;
import dev.fanbench.measurement.run.UnreadableRunException;
import dev.fanbench.measurement.run.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs of one side: the same thing, recorded several times.
 *
 * @param name as the user knows it: {@code base}, {@code broadcast=serial}
 * @param runs in the order they were started
 * @param turns the places of runs in a series, by the run's id; runs of their own have none
 * @param floors the floors that took turns with them
 */
public record ComparedSide(
    String name, List<RecordedRun> runs, Map<String, Turn> turns, List<RecordedRun> floors) {

  /** Fewest runs from which anything is concluded. */
  public static final int LEAST_RUNS = 3;

  /** Fewest runs that are advised. */
  public static final int ADVISED_RUNS = 5;

  private static final String FLOOR = "floor";

  public ComparedSide {
    runs = runs.stream().sorted(Comparator.comparing(r -> r.run().startedAt())).toList();
    turns = Map.copyOf(turns);
    floors = List.copyOf(floors);
  }

  /** Runs that are in no series. */
  public ComparedSide(String name, List<RecordedRun> runs) {
    this(name, runs, Map.of(), List.of());
  }

  /**
   * Reads run directories, and directories of run directories. Floors are no runs of the side,
   * unless there is nothing else.
   *
   * @throws UnreadableRunException when a directory is no run and holds none, or a run cannot be
   *     read; its message is fit for a user
   */
  public static ComparedSide read(String name, List<Path> directories) throws IOException {
    List<RecordedRun> runs = new ArrayList<>();
    Map<String, Turn> turns = new HashMap<>();
    for (Path directory : directories) {
      for (Path run : runsIn(directory)) {
        RecordedRun recorded = RunReader.read(run);
        recorded.directory().turn().ifPresent(turn -> turns.put(recorded.run().id(), turn));
        runs.add(recorded);
      }
    }
    Map<Boolean, List<RecordedRun>> byKind =
        runs.stream().collect(Collectors.partitioningBy(ComparedSide::isFloor));
    return byKind.get(false).isEmpty()
        ? new ComparedSide(name, runs, turns, List.of())
        : new ComparedSide(name, byKind.get(false), turns, byKind.get(true));
  }

  private static boolean isFloor(RecordedRun run) {
    return run.run().target().kind().equals(FLOOR);
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
    return only(run -> run.run().target().label().equals(target));
  }

  /** Those that may be believed. */
  ComparedSide valid() {
    return only(ComparedSide::isValid);
  }

  private ComparedSide only(Predicate<RecordedRun> which) {
    return new ComparedSide(name, runs.stream().filter(which).toList(), turns, floors);
  }

  /** The place of a run in its series. */
  Optional<Turn> turn(RecordedRun run) {
    return Optional.ofNullable(turns.get(run.run().id()));
  }

  /** The valid floor that took turns with a run. */
  Optional<RecordedRun> floorOf(RecordedRun run) {
    return floors.stream()
        .filter(floor -> isValid(floor) && floor.run().tookTurnsWith(run.run()))
        .findFirst();
  }

  /** Whether a run may be believed. */
  public static boolean isValid(RecordedRun run) {
    return run.run().validity().verdict() == Validity.Verdict.VALID;
  }
}
