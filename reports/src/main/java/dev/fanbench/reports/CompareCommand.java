package dev.fanbench.reports;

import dev.fanbench.measurement.change.ComparedSide;
import dev.fanbench.measurement.change.Metric;
import dev.fanbench.measurement.change.RunComparison;
import dev.fanbench.measurement.run.FileError;
import dev.fanbench.measurement.run.UnreadableRunException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code compare BASE NEW}: is the new side slower? */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Tells whether new runs are slower than base runs.",
      "The answer has a 99 %% interval.",
      "A side is a directory of runs, or several run directories given by --base and --new."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:faster, or no change",
      "1:the result cannot be written",
      "2:bad option, or no such run",
      "97:undecided, the interval does not exclude twice the smallest change",
      "98:too few runs, or not comparable",
      "99:slower or less correct"
    })
public final class CompareCommand implements Callable<Integer> {

  private static final int CANNOT_WRITE = 1;
  private static final int BAD_INPUT = 2;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..2",
      paramLabel = "SIDE",
      description = "BASE and NEW: a run, or a directory of runs.")
  private List<Path> sides = List.of();

  @Option(
      names = "--base",
      arity = "1..*",
      split = ",",
      paramLabel = "DIR",
      description = "Runs of the base, in place of BASE.")
  private List<Path> base = List.of();

  @Option(
      names = "--new",
      arity = "1..*",
      split = ",",
      paramLabel = "DIR",
      description = "Runs of the new side, in place of NEW.")
  private List<Path> now = List.of();

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      description = {
        "The metric that decides: p90.lastDelivery@fanout-100 or cpu@fanout-100;",
        "default p50 of the largest phase in all runs."
      })
  private String metric;

  @Mixin private SmallestChangeOption smallest;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The folder of compare.html, .md, .json and .xml; default reports/compare of the"
              + " checkout.")
  private Path out;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Of every random draw; default ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() {
    PrintWriter errors = spec.commandLine().getErr();
    try {
      Optional<Metric> decides = Optional.ofNullable(metric).map(Metric::parse);
      RunComparison changes =
          RunComparison.between(
              ComparedSide.read("base", side(base, 0)),
              ComparedSide.read("new", side(now, 1)),
              decides,
              seed,
              smallest.rule());
      ChangeReport report = ChangeReport.write(changes, folder());
      spec.commandLine().getOut().print(report.consoleText());
      spec.commandLine().getOut().flush();
      return report.exitCode();
    } catch (UnreadableRunException | IllegalArgumentException e) {
      errors.println(e.getMessage());
      return BAD_INPUT;
    } catch (IOException e) {
      errors.println("cannot write the comparison to " + folder() + ": " + FileError.words(e));
      return CANNOT_WRITE;
    }
  }

  private Path folder() {
    return out == null ? WorkFolder.results(WorkFolder.home()).resolve("reports/compare") : out;
  }

  /** The directories of one side: by its option, or by its place. */
  private List<Path> side(List<Path> named, int place) {
    boolean placed = sides.size() == 2;
    if (placed == named.isEmpty() && (placed || sides.isEmpty())) {
      return placed ? List.of(sides.get(place)) : named;
    }
    throw new IllegalArgumentException(
        "compare takes two sides: BASE NEW, or --base DIR... --new DIR...");
  }
}
