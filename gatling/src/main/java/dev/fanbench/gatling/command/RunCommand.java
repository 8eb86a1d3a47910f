package dev.fanbench.gatling.command;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER;

import dev.fanbench.gatling.ExitCode;
import dev.fanbench.gatling.experiment.RunConsole;
import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.DuetReader;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.OptionIndex;
import dev.fanbench.gatling.options.OptionTable;
import dev.fanbench.reports.WorkFolder;
import dev.fanbench.target.OptionError;
import io.gatling.app.Gatling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run [WORKLOAD] [key=value…]}: what {@code mvn gatling:test} does, without Maven. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Measures targets and writes a report.",
      "Starts the targets, offers the workload and writes run directories and a page.",
      "Options are those of mvn gatling:test without -Dfanbench.: target=netty rate=40"
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:valid, every threshold held",
      "1:the target died, or something else went wrong",
      "2:bad option",
      "97:a threshold is undecided",
      "98:INVALID, the run cannot be trusted",
      "99:a threshold was missed",
      "130:Ctrl-C; what was measured is kept"
    })
public final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "WORKLOAD|KEY=VALUE",
      completionCandidates = RunWord.class,
      description = "A file of gatling/workloads without .conf, and options.")
  private List<String> words = List.of();

  @Mixin private ScenarioOption scenario;

  @Option(names = "--verbose", description = "Prints Gatling's own lines too.")
  private boolean verbose;

  @Option(names = "--watch-parent", hidden = true)
  private boolean watchParent;

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(OptionError.reportedBy(commandLine()).execute(arguments));
  }

  /** The command with the options of the checkout in its help. */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new RunCommand());
    commandLine
        .getHelpSectionMap()
        .put(SECTION_KEY_FOOTER, help -> OptionTable.text(OptionIndex.of(home())));
    return commandLine;
  }

  @Override
  public Integer call() {
    try {
      SettingList settings = SettingList.of(words, OptionCatalog.WORKLOAD);
      Scenario chosen = scenario.chosen();
      DuetReader.read(settings.properties(home()), chosen.kinds(), chosen.workload());
      System.getProperties().putAll(settings.properties(home()));
    } catch (BadOption e) {
      spec.commandLine().getErr().println(e.getMessage());
      return ExitCode.BAD_CONFIGURATION.code();
    }
    if (watchParent) {
      leaveWithParent();
    }
    ReleaseCheck.skip();
    if (!verbose) {
      RunConsole.silenceGatling();
    }
    Path results = WorkFolder.results(home()).resolve("reports/gatling");
    Gatling.main(
        new String[] {"-s", scenario.chosen().simulation(), "-rf", results.toString(), "-nr"});
    return ExitCode.OK.code();
  }

  /** The checkout's top directory. */
  public static Path home() {
    return Path.of(System.getProperty("fanbench." + OptionCatalog.HOME.key(), "."))
        .toAbsolutePath()
        .normalize();
  }

  /** Ends this process, and what it started, when the one that started it is gone. */
  private static void leaveWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {}
              } catch (IOException e) {
                // A pipe that breaks says the same as one that ends.
              }
              System.exit(ExitCode.ERROR.code());
            },
            "watch-parent");
    watch.setDaemon(true);
    watch.start();
  }
}
