package dev.fanbench.reports;

import dev.fanbench.measurement.run.FileError;
import dev.fanbench.measurement.run.UnreadableRunException;
import dev.fanbench.reports.export.ServerJson;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ServerTable;
import dev.fanbench.reports.readme.Readme;
import dev.fanbench.reports.readme.ReadmePicture;
import dev.fanbench.reports.readme.ReadmeTable;
import dev.fanbench.reports.readme.ServerMarkdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code readme}: writes picture and tables of the published runs into README.md and docs. */
@Command(
    name = "readme",
    mixinStandardHelpOptions = true,
    description = {
      "Writes published figures to README.md and docs/servers.md.",
      "With --servers, publishes the comparison of servers of these runs first."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:written", "1:a file cannot be written", "2:bad option, or no such run"})
public final class ReadmeCommand implements Callable<Integer> {

  private static final int CANNOT_WRITE = 1;
  private static final int BAD_INPUT = 2;
  private static final String PICTURE = "docs/fan-out.svg";
  private static final String SERVER_PAGE = "docs/servers.md";
  private static final String SERVER_FILE = "servers.json";

  @Spec private CommandSpec spec;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "The checkout; default the one of this command.")
  private Path home = WorkFolder.home();

  @Option(
      names = "--published",
      paramLabel = "DIR",
      defaultValue = "reports/published",
      description = "Directory of runs, below --home; default ${DEFAULT-VALUE}.")
  private Path published;

  @Option(
      names = "--servers",
      arity = "1..*",
      paramLabel = "RUN",
      description = "Runs of ./fanbench run servers to publish as servers.json of --published.")
  private List<Path> servers = List.of();

  @Override
  public Integer call() {
    try {
      writeServers();
      ReportModel comparison = ReportWriter.compare(runs(home.resolve(published)));
      Path readme = home.resolve("README.md");
      String text = Readme.with(Files.readString(readme), ReadmeTable.of(comparison, PICTURE));
      ReportWriter.whole(home.resolve(PICTURE), ReadmePicture.of(comparison));
      ReportWriter.whole(readme, text);
      spec.commandLine().getOut().println(readme + " and " + PICTURE + " written");
      return 0;
    } catch (UnreadableRunException | IllegalArgumentException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return BAD_INPUT;
    } catch (IOException e) {
      spec.commandLine().getErr().println("cannot write the figures: " + FileError.words(e));
      return CANNOT_WRITE;
    }
  }

  /** The comparison of servers is published by its figures, as its runs are large. */
  private void writeServers() throws IOException {
    Path file = home.resolve(published).resolve(SERVER_FILE);
    if (!servers.isEmpty()) {
      ServerTable table =
          ServerTable.of(ReportWriter.compare(servers))
              .orElseThrow(
                  () -> new IllegalArgumentException("These runs are no comparison of servers."));
      ReportWriter.whole(file, ServerJson.of(table));
    }
    if (Files.exists(file)) {
      Path page = home.resolve(SERVER_PAGE);
      ServerTable table = ServerJson.read(Files.readString(file));
      ReportWriter.whole(page, Readme.with(Files.readString(page), ServerMarkdown.of(table)));
    }
  }

  /** Published runs, in the order they were measured. */
  static List<Path> runs(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException("There is no directory of runs at " + directory + ".");
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }
}
