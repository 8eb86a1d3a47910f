package dev.fanbench.gatling.command;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.DuetReader;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.OptionIndex;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.OptionsReader;
import dev.fanbench.measurement.change.ChangeRule;
import dev.fanbench.measurement.change.LookPlan;
import dev.fanbench.measurement.change.Metric;
import dev.fanbench.measurement.change.RunComparison;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.reports.ChangeReport;
import dev.fanbench.reports.SmallestChangeOption;
import dev.fanbench.target.Stopwatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ab A B [key=value…]}: two things measured in turn, and compared pair by pair. */
@Command(
    name = "ab",
    mixinStandardHelpOptions = true,
    description = {
      "Measures A and B in turn, and compares them pair by pair.",
      "The order is A B B A ..., each time in fresh JVMs. A and B are targets (netty), settings",
      "(broadcast=serial,rate=20), other checkouts (build=../other) or standard.",
      "Options after them are the same for both. Ctrl-C compares the pairs measured so far."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:B is faster, or no change",
      "1:a run did not end as it should",
      "2:bad option",
      "97:undecided, the interval does not exclude twice the smallest change",
      "98:too few valid pairs, or not comparable",
      "99:B is slower or less correct"
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

  @Mixin private SeriesEnd end;

  @Option(
      names = "--duet",
      description = {
        "Both targets are up with one load, and their arrivals alternate.",
        "Each pair has fresh JVMs. Both sides must take the same load."
      })
  private boolean duet;

  @Option(
      names = "--control",
      converter = Control.Reader.class,
      paramLabel = "none|floor",
      defaultValue = "none",
      description = "floor: each run is divided by the floor that is measured in its turn.")
  private Control control;

  @Mixin private ScenarioOption scenario;

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      description = "The metric that decides, as in compare; default p50 of the largest phase.")
  private String metric;

  @Mixin private SmallestChangeOption smallest;

  @Override
  String name() {
    return "ab";
  }

  @Override
  int measure() throws IOException, InterruptedException {
    Path home = RunCommand.home();
    Optional<Metric> decides = Optional.ofNullable(metric).map(Metric::parse);
    LookPlan looks = end.looks();
    OptionalDouble precision = end.precision();
    ChangeRule rule = smallest.rule(looks.confidence());
    Optional<Duration> limit = end.limit();
    if (duet && control == Control.FLOOR) {
      throw new BadOption(
          "--duet and --control=floor exclude each other; a duet needs no control.");
    }
    List<AbSide> sides = List.of(AbSide.parse(first, home), AbSide.parse(second, home));
    SettingList shared = shared(sides);
    check(sides, shared, decides);
    AbPlan series =
        new AbPlan(
            ExperimentLauncher.directory(home, "ab"),
            sides,
            shared,
            scenario.chosen(),
            control == Control.FLOOR);
    try (LoadProcess load = new LoadProcess(series.directory().resolve("runs.log"))) {
      PairSource pairs =
          duet ? new DuetPairSource(series, load, home) : new TurnPairSource(series, load);
      say(looks.sentence());
      Stopwatch time = new Stopwatch();
      PairRun run = new PairRun(series, pairs, looks, precision, decides, rule, this::say);
      RunComparison changes = run.compare(() -> isOver(limit, time), load::isStopped);
      ChangeReport report = ChangeReport.write(changes, series.directory());
      say("");
      print(report.consoleText());
      return report.exitCode();
    }
  }

  private static boolean isOver(Optional<Duration> limit, Stopwatch time) {
    return limit.filter(longest -> time.elapsedNanos() > longest.toNanos()).isPresent();
  }

  /** Without a word about the target, settings of the serverless one measure that one alone. */
  private SettingList shared(List<AbSide> sides) {
    SettingList typed = SettingList.of(words, OptionCatalog.WORKLOAD);
    OptionIndex index = OptionIndex.of(RunCommand.home());
    boolean serverless =
        sides.stream().noneMatch(side -> side.settings().has(OptionCatalog.TARGET))
            && sides.stream().anyMatch(side -> side.isServerless(index));
    SettingList defaults =
        ExperimentLauncher.ONE_RUN.with(
            OptionCatalog.FLOOR, control == Control.FLOOR ? "on" : "off");
    return (serverless ? defaults.with(OptionCatalog.TARGET, "serverless") : defaults).with(typed);
  }

  /** Everything that is wrong with a side is told before the first run of the other. */
  private void check(List<AbSide> sides, SettingList shared, Optional<Metric> decides)
      throws IOException {
    if (duet) {
      for (AbSide side : sides) {
        BuildCheck.require(side.home());
      }
      DuetReader.of(
              IntStream.of(0, 1)
                  .mapToObj(
                      side ->
                          AbPlan.duetSettings(
                              side,
                              shared.with(sides.get(side).settings()),
                              sides.get(side).home()))
                  .toList(),
              scenario.chosen().kinds(),
              scenario.chosen().workload())
          .forEach(options -> requireMetric(decides, options));
      return;
    }
    for (AbSide side : sides) {
      if (side.home().equals(RunCommand.home())) {
        requireMetric(
            decides,
            OptionsReader.read(
                shared.with(side.settings()).properties(side.home()),
                scenario.chosen().kinds(),
                scenario.chosen().workload()));
      }
    }
  }

  private static void requireMetric(Optional<Metric> decides, Options options) {
    List<Phase> measured =
        options.workload().phases().stream().filter(phase -> !phase.warmUp()).toList();
    decides.ifPresent(metric -> metric.requireIn(measured));
  }
}
