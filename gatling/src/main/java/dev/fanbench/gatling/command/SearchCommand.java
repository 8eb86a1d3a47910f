package dev.fanbench.gatling.command;

import dev.fanbench.gatling.ExitCode;
import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.measurement.host.OpenFileCount;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.search.Judgement;
import dev.fanbench.measurement.search.Search;
import dev.fanbench.measurement.search.SearchOutcome;
import dev.fanbench.measurement.search.SearchPurpose;
import dev.fanbench.measurement.search.SearchResult;
import dev.fanbench.measurement.search.SearchedQuantity;
import dev.fanbench.reports.Report;
import dev.fanbench.reports.ReportWriter;
import dev.fanbench.target.Stopwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code search rate|subscribers [key=value…]}: the highest load that a target sustains. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description = {
      "Finds the highest rate, or the largest room, that a target sustains.",
      "Doubles the load, bisects to 5 %%, confirms by 5 of 5; each step in fresh JVMs."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every target has an answer",
      "1:a run did not end as it should",
      "2:bad option",
      "97:undecided, no run could tell whether a target sustains the load",
      "98:INVALID, the load or the machine gave out first",
      "99:a target sustains nothing, or no load was confirmed"
    })
public final class SearchCommand extends SeriesCommand {
  /** The publisher of a room, and what else its load may have open. */
  private static final int PUBLISHERS = 100;

  @Parameters(index = "0", paramLabel = "rate|subscribers", description = "The load to search for.")
  private String subject;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "WORKLOAD|KEY=VALUE",
      completionCandidates = RunWord.class,
      description = "The other of subscribers= and rate=; target=, slo= and others of run.")
  private List<String> words = List.of();

  @Option(names = "--from", paramLabel = "LOAD", description = "The first load.")
  private Double from;

  @Option(names = "--to", paramLabel = "LOAD", description = "The highest load.")
  private Double to;

  @Override
  String name() {
    return "search";
  }

  private SearchedQuantity subject() {
    for (SearchedQuantity each : SearchedQuantity.values()) {
      if (each.key().equals(subject)) {
        return each;
      }
    }
    throw new BadOption("\"" + subject + "\" cannot be searched for; rate and subscribers can.");
  }

  /** The largest load that can be offered: a room ends at the limit on open files. */
  private static double most(SearchedQuantity what) {
    OptionalLong files = OpenFileCount.roomInThisProcess();
    return what == SearchedQuantity.SUBSCRIBERS && files.isPresent()
        ? Math.min(what.most(), (double) files.getAsLong() - PUBLISHERS)
        : what.most();
  }

  @Override
  int measure() throws IOException, InterruptedException {
    SearchedQuantity what = subject();
    SearchPlan offers =
        SearchPlan.of(what, SettingList.of(words, OptionCatalog.WORKLOAD), RunCommand.home());
    double first = from == null ? offers.first() : from;
    double last = to == null ? most(what) : to;
    var unused = new Search(what, first, last); // refuses a bad range before anything runs
    Path directory = ExperimentLauncher.directory(RunCommand.home(), "search");
    List<SearchResult> results = new ArrayList<>();
    List<Path> shown = new ArrayList<>();
    try (LoadProcess load = new LoadProcess(directory.resolve("runs.log"))) {
      Optional<IOException> failure = Optional.empty();
      try {
        for (String target : offers.targets()) {
          Search search = new Search(what, first, last);
          List<RecordedRun> confirmed = search(target, search, offers, load, directory);
          confirmed.forEach(run -> shown.add(run.directory().path()));
          results.add(SearchResult.of(target, what, offers.fixed(), offers.thresholds(), search));
        }
      } catch (IOException unfinished) {
        failure = Optional.of(unfinished);
      }
      int exitCode = results.isEmpty() ? ExitCode.OK.code() : report(results, shown, directory);
      if (failure.isPresent()) {
        throw failure.get();
      }
      return exitCode;
    }
  }

  /** Writes the targets that were searched to their end; the exit code of their answers. */
  private int report(List<SearchResult> results, List<Path> shown, Path directory)
      throws IOException {
    Report report = ReportWriter.write(results, shown, directory);
    results.forEach(result -> say(result.sentence()));
    say("Report: " + report.page());
    return exitCode(results);
  }

  /** Searches; the runs that confirmed the answer, or else the last one. */
  private List<RecordedRun> search(
      String target, Search search, SearchPlan offers, LoadProcess load, Path directory)
      throws IOException, InterruptedException {
    Path out = Files.createDirectories(directory.resolve("runs"));
    List<RecordedRun> confirmed = new ArrayList<>();
    RecordedRun last = null;
    Stopwatch sinceStart = new Stopwatch();
    while (search.next().isPresent()) {
      double next = search.next().getAsDouble();
      SearchPurpose purpose = search.purpose();
      SettingList settings =
          offers
              .at(next, search.lengthening())
              .with(OptionCatalog.TARGET, target)
              .with(OptionCatalog.OUT, out)
              .with(OptionCatalog.SITE, directory.resolve("last-step"));
      RecordedRun run =
          ExperimentLauncher.measure(
                  load, RunCommand.home(), Scenario.FANOUT, settings, List.of(out))
              .get(0);
      Judgement judgement = Judgement.of(run);
      search.told(judgement);
      say(
          "%s: %s offered %s, %s (%s)%s"
              .formatted(
                  target,
                  offers.subject().text(next),
                  purpose.words(),
                  judgement.outcome().words(),
                  judgement.observed(),
                  left(search, sinceStart)));
      if (purpose != SearchPurpose.CONFIRM) {
        confirmed.clear();
      } else if (judgement.outcome() == SearchOutcome.SUSTAINED) {
        confirmed.add(run);
      }
      last = run;
    }
    return search.answer().isPresent() ? confirmed : List.of(last);
  }

  /** The time that is left: of all further runs once they can be counted, and of one before. */
  private static String left(Search search, Stopwatch sinceStart) {
    long nanosEach = sinceStart.elapsedNanos() / search.steps().size();
    long secondsEach = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanosEach));
    OptionalInt runs = search.runsLeft();
    if (runs.isEmpty()) {
      return "  (about %d s a run)".formatted(secondsEach);
    }
    return runs.getAsInt() == 0
        ? ""
        : "  (about %d s left)".formatted(runs.getAsInt() * secondsEach);
  }

  /** A target without an answer decides: one that could not be measured before all others. */
  static int exitCode(List<SearchResult> results) {
    List<SearchResult> open = results.stream().filter(r -> r.answer().isEmpty()).toList();
    if (open.isEmpty()) {
      return ExitCode.OK.code();
    }
    if (open.stream().anyMatch(SearchResult::loadBound)) {
      return ExitCode.INVALID.code();
    }
    boolean missed = open.stream().anyMatch(result -> !result.undecided());
    return (missed ? ExitCode.SLO_MISSED : ExitCode.UNDECIDED).code();
  }
}
