package dev.fanbench.gatling.command;

import dev.fanbench.gatling.options.DuetReader;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The directory of one {@code ab} and the settings of its runs.
 *
 * @param directory {@code reports/ab/<utc>}; each side has a folder of runs in it
 * @param sides A and B
 * @param shared settings of both
 * @param overFloor whether each run is divided by the floor of its turn
 */
record AbPlan(
    Path directory, List<AbSide> sides, SettingList shared, Scenario scenario, boolean overFloor) {
  private static final List<String> FOLDERS = List.of("a", "b");

  /** The folder of a side's runs. */
  Path runsOf(int side) {
    return directory.resolve(FOLDERS.get(side));
  }

  /** All settings of a side in a duet, with its letter. */
  static Properties duetSettings(int side, SettingList settings, Path home) {
    Properties properties = settings.properties(home);
    properties.setProperty(DuetReader.LETTER, FOLDERS.get(side));
    return properties;
  }

  /** All settings of a side's run. */
  SettingList settings(int side, int pair) {
    return shared
        .with(sides.get(side).settings())
        .with(OptionCatalog.OUT, runsOf(side))
        .with(OptionCatalog.SITE, directory.resolve("pages/" + pair + FOLDERS.get(side)));
  }

  /** Writes the place of runs in the series into their directories. */
  void mark(List<RecordedRun> runs, int pair) throws IOException {
    Turn turn = new Turn(directory.getFileName().toString(), pair, overFloor);
    for (RecordedRun run : runs) {
      run.directory().write(turn);
    }
  }

  /** Takes runs that were stopped before their end out of both sides. */
  void setUnfinishedAside() throws IOException {
    Path aside = directory.resolve("unfinished");
    for (int side = 0; side < FOLDERS.size(); side++) {
      for (Path run : children(runsOf(side))) {
        if (!Files.exists(run.resolve(Turn.FILE))) {
          Files.createDirectories(aside);
          Files.move(run, aside.resolve(FOLDERS.get(side) + "-" + run.getFileName()));
        }
      }
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return new ArrayList<>(all.sorted().toList());
    }
  }
}
