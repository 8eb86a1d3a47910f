package dev.fanbench.measurement.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The runs that some paths name: run directories, and folders of run directories.
 *
 * @param runs directories of whole runs, in the order of the paths
 * @param leftOut a sentence for each directory that holds no whole run
 */
public record RunFinder(List<Path> runs, List<String> leftOut) {
  private static final String RUN = "run.json";

  /**
   * Finds the runs. One that cannot be read is left out as long as another one can.
   *
   * @throws UnreadableRunException when none can be read
   * @throws IOException when a folder cannot be listed
   */
  public static RunFinder find(List<Path> paths) throws IOException {
    List<Path> runs = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    UnreadableRunException first = null;
    for (Path path : expanded(paths)) {
      try {
        RunReader.read(path);
        runs.add(path);
      } catch (UnreadableRunException broken) {
        first = first == null ? broken : first;
        leftOut.add(broken.getMessage() + "; it is left out");
      }
    }
    if (runs.isEmpty() && first != null) {
      throw first;
    }
    return new RunFinder(runs, leftOut);
  }

  private static List<Path> expanded(List<Path> paths) throws IOException {
    List<Path> expanded = new ArrayList<>();
    for (Path path : paths) {
      List<Path> inside = Files.exists(path.resolve(RUN)) ? List.of() : inside(path);
      expanded.addAll(inside.isEmpty() ? List.of(path) : inside);
    }
    return expanded;
  }

  private static List<Path> inside(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(child -> Files.exists(child.resolve(RUN))).sorted().toList();
    }
  }
}
