package dev.fanbench.reports;

import dev.fanbench.measurement.record.MergedRun;
import dev.fanbench.measurement.run.FileError;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.UnreadableRunException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code merge RUN RUN… --out DIR}: what several load processes measured together, as one run. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    description = {
      "Merges the runs of several load processes into one run.",
      "They measured one URL at the same time. Histograms and counts are added; the parts stay",
      "as they are."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:written",
      "1:the run cannot be written",
      "2:bad option, no such run, or runs that do not belong together"
    })
public final class MergeCommand implements Callable<Integer> {

  private static final int CANNOT_WRITE = 1;
  private static final int BAD_INPUT = 2;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "2..*",
      paramLabel = "RUN",
      description = "Run directories, one of each load process.")
  private List<Path> directories;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The run directory to make.")
  private Path out;

  @Override
  public Integer call() {
    try {
      List<RecordedRun> runs = new ArrayList<>();
      for (Path directory : directories) {
        runs.add(RunReader.read(directory));
      }
      Run merged = MergedRun.write(runs, out);
      spec.commandLine()
          .getOut()
          .printf(
              "%s: %s, of %d load processes; ./fanbench report %s shows it%n",
              out, merged.validity().verdict(), runs.size(), out);
      spec.commandLine().getOut().flush();
      return 0;
    } catch (UnreadableRunException | IllegalArgumentException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return BAD_INPUT;
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .println("cannot write the run " + out + ": " + FileError.words(e));
      return CANNOT_WRITE;
    }
  }
}
