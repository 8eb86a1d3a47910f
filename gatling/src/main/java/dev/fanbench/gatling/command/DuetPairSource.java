package dev.fanbench.gatling.command;

import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.measurement.run.RecordedRun;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Pairs of one load and two targets: both are up and take short blocks in turn. Each pair is of
 * fresh JVMs, because luck differs between their starts.
 */
record DuetPairSource(AbPlan series, LoadProcess load, Path home) implements PairSource {

  @Override
  public void measure(int number, StepListener told) throws IOException, InterruptedException {
    boolean again;
    do {
      told.begins(series.sides().stream().map(AbSide::name).collect(Collectors.joining(" and ")));
      List<RecordedRun> runs =
          ExperimentLauncher.measure(
              load,
              home,
              series.scenario(),
              SettingList.NONE.with(OptionCatalog.DUET, String.join(",", files(number))),
              List.of(series.runsOf(0), series.runsOf(1)));
      series.mark(runs, number);
      again = told.ended(runs);
    } while (again);
  }

  /**
   * The settings of each side in a file of its own; the side that comes first has the first block.
   */
  private List<String> files(int number) throws IOException {
    Path folder = Files.createDirectories(series.directory().resolve("settings"));
    List<String> files = new ArrayList<>();
    for (int side : Interleaving.order(number)) {
      Files.createDirectories(series.runsOf(side));
      Path file = folder.resolve(number + "-" + series.runsOf(side).getFileName() + ".properties");
      try (Writer out = Files.newBufferedWriter(file)) {
        SettingList settings =
            series
                .settings(side, number)
                .with(OptionCatalog.SITE, series.directory().resolve("pages/" + number));
        AbSide named = series.sides().get(side);
        AbPlan.duetSettings(side, settings, named.home()).store(out, named.name());
      }
      files.add(file.toString());
    }
    return files;
  }
}
