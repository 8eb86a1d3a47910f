package dev.fanbench.gatling.command;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.OptionIndex;
import dev.fanbench.gatling.options.OptionsReader;
import dev.fanbench.measurement.change.ComparedSide;
import dev.fanbench.measurement.change.Metric;
import dev.fanbench.measurement.change.RunComparison;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.reports.ChangeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ab A B [key=value…]}: two things measured in turn, and compared. */
@Command(
    name = "ab",
    mixinStandardHelpOptions = true,
    description = {
      "Measures A and B in turn, and compares them.",
      "The order is A B B A ..., each time in fresh JVMs.",
      "A and B are targets (netty), settings (broadcast=serial,rate=20), other checkouts",
      "(build=../other) or standard; what follows is the same for both."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:B is faster, or no change",
      "1:a run did not end as it should",
      "2:bad option",
      "98:too few valid runs, or not comparable",
      "99:B is slower"
    })
public final class AbCommand extends SeriesCommand {

  @Parameters(index = "0", paramLabel = "A", description = "The base.")
  private String first;

  @Parameters(index = "1", paramLabel = "B", description = "The side that is compared with it.")
  private String second;

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "WORKLOAD|KEY=VALUE",
      completionCandidates = RunWord.class,
      description = "For both: workload=quick, or any other option of run.")
  private List<String> words = List.of();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Runs of each, 3 to 100; default ${DEFAULT-VALUE}.")
  private int runs;

  @Mixin private ScenarioOption scenario;

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      description = "The metric that decides, as in compare; default p50 of the largest phase.")
  private String metric;

  @Override
  String name() {
    return "ab";
  }

  @Override
  int measure() throws IOException, InterruptedException {
    Path home = RunCommand.home();
    Optional<Metric> decides = Optional.ofNullable(metric).map(Metric::parse);
    if (runs < ComparedSide.LEAST_RUNS || runs > 100) {
      throw BadOption.of("--runs", runs, "a number from " + ComparedSide.LEAST_RUNS + " to 100");
    }
    List<AbSide> sides = List.of(AbSide.parse(first, home), AbSide.parse(second, home));
    SettingList shared = shared(sides);
    for (AbSide side : sides) {
      check(side, shared);
    }
    Path directory = ExperimentLauncher.directory(home, "ab");
    List<Path> sideDirectories = List.of(directory.resolve("a"), directory.resolve("b"));
    LoadProcess load = new LoadProcess(directory.resolve("runs.log"));
    List<Integer> turns = Interleaving.of(runs);
    int spare = runs;
    for (int i = 0; i < turns.size(); i++) {
      AbSide side = sides.get(turns.get(i));
      Path runsOfSide = Files.createDirectories(sideDirectories.get(turns.get(i)));
      say("run " + (i + 1) + " of " + turns.size() + ": " + side.name());
      SettingList settings =
          shared
              .with(side.settings())
              .with(OptionCatalog.OUT, runsOfSide)
              .with(OptionCatalog.SITE, directory.resolve("pages/" + (i + 1)));
      List<RecordedRun> measured =
          ExperimentLauncher.measure(load, side.home(), scenario.chosen(), settings, runsOfSide);
      measured.forEach(run -> say("  " + ExperimentLauncher.told(run)));
      if (spare > 0 && !measured.stream().allMatch(ComparedSide::isValid)) {
        say("  once more, as it was not valid; " + --spare + " such turns are left");
        i--;
      }
    }
    RunComparison changes =
        RunComparison.between(
            ComparedSide.read(first, sideDirectories.subList(0, 1)),
            ComparedSide.read(second, sideDirectories.subList(1, 2)),
            decides,
            1);
    ChangeReport report = ChangeReport.write(changes, directory);
    say("");
    print(report.consoleText());
    return report.exitCode();
  }

  /** Without a word about the target, settings of the serverless one measure that one alone. */
  private SettingList shared(List<AbSide> sides) {
    SettingList typed = SettingList.of(words, OptionCatalog.WORKLOAD);
    OptionIndex index = OptionIndex.of(RunCommand.home());
    boolean serverless =
        sides.stream().noneMatch(side -> side.settings().has(OptionCatalog.TARGET))
            && sides.stream().anyMatch(side -> side.isServerless(index));
    SettingList defaults = ExperimentLauncher.ONE_RUN;
    return (serverless ? defaults.with(OptionCatalog.TARGET, "serverless") : defaults).with(typed);
  }

  /** Everything that is wrong with a side is told before the first run of the other. */
  private void check(AbSide side, SettingList shared) {
    if (side.home().equals(RunCommand.home())) {
      OptionsReader.read(
          shared.with(side.settings()).properties(side.home()),
          scenario.chosen().kinds(),
          scenario.chosen().workload());
    }
  }
}
