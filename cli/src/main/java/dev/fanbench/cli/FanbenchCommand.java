package dev.fanbench.cli;

import dev.fanbench.gatling.command.AbCommand;
import dev.fanbench.gatling.command.CheckCommand;
import dev.fanbench.gatling.command.RunCommand;
import dev.fanbench.gatling.command.SearchCommand;
import dev.fanbench.reports.CalibrateCommand;
import dev.fanbench.reports.CompareCommand;
import dev.fanbench.reports.MergeCommand;
import dev.fanbench.reports.ReadmeCommand;
import dev.fanbench.reports.ReportCommand;
import dev.fanbench.target.OptionError;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of all commands. */
@Command(
    name = "./fanbench",
    mixinStandardHelpOptions = true,
    versionProvider = FanbenchCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    header = "How long until the last person in the room sees the message?%n",
    description = "%nEach command answers --help.%n",
    footer = {
      "",
      "Exit codes: 0 valid and every threshold held, 1 an error, 2 a bad option,",
      "97 a threshold is undecided, 98 INVALID, 99 a threshold was missed, 130 Ctrl-C."
    })
public final class FanbenchCommand implements Runnable {
  /** Maven passes options on by this prefix; here it may stand or be left out. */
  private static final String MAVEN_PREFIX = "-Dfanbench.";

  private static final String SERVE = "serve";

  @Spec private CommandSpec spec;

  private FanbenchCommand() {}

  /** Runs the command line and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(execute(commandLine(arguments), arguments));
  }

  /** Runs a command line; returns its exit code. */
  static int execute(CommandLine commandLine, String... arguments) {
    return commandLine.execute(
        Arrays.stream(arguments)
            .map(
                word ->
                    word.startsWith(MAVEN_PREFIX) ? word.substring(MAVEN_PREFIX.length()) : word)
            .toArray(String[]::new));
  }

  /**
   * The root for a command line. {@code serve} is built alone, since all other commands together
   * take 0.16 s of CPU before a server starts.
   */
  static CommandLine commandLine(String... arguments) {
    CommandLine root = new CommandLine(new FanbenchCommand());
    if (arguments.length > 0 && arguments[0].equals(SERVE)) {
      root.addSubcommand(serve());
    } else {
      addAll(root);
    }
    return OptionError.reportedBy(root);
  }

  private static void addAll(CommandLine root) {
    root.addSubcommand(RunCommand.commandLine())
        .addSubcommand(serve())
        .addSubcommand(new CommandLine(new CheckCommand()))
        .addSubcommand(new CommandLine(new ReportCommand()))
        .addSubcommand(new CommandLine(new CompareCommand()))
        .addSubcommand(new CommandLine(new AbCommand()))
        .addSubcommand(new CommandLine(new SearchCommand()))
        .addSubcommand(new CommandLine(new MergeCommand()))
        .addSubcommand(new CommandLine(new CalibrateCommand()))
        .addSubcommand(
            new CommandLine(new JmhCommand()).setUnmatchedOptionsArePositionalParams(true))
        .addSubcommand(TokenCommand.commandLine())
        .addSubcommand(new CommandLine(new ReadmeCommand()))
        .addSubcommand(new CommandLine(new FetchCommand()))
        .addSubcommand(new CommandLine(new CompletionCommand()));
  }

  private static CommandLine serve() {
    return new CommandLine(new ServeCommand())
        .setStopAtPositional(true)
        .setUnmatchedOptionsArePositionalParams(true);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no command is given; "
            + String.join(", ", spec.subcommands().keySet())
            + " are, and --help says more");
  }

  /** Reads the version from the build. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      Properties build = new Properties();
      try (InputStream file = FanbenchCommand.class.getResourceAsStream("version.properties")) {
        build.load(file);
      }
      return new String[] {"fanbench " + build.getProperty("version"), "Java " + Runtime.version()};
    }
  }
}
