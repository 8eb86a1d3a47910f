package dev.fanbench.reports;

import dev.fanbench.measurement.run.FileError;
import dev.fanbench.measurement.run.RunFinder;
import dev.fanbench.measurement.run.UnreadableRunException;
import dev.fanbench.reports.jmh.JmhFile;
import dev.fanbench.reports.price.PriceList;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report RUN… [--jmh FILE] [--out DIR]}: renders runs, old ones too. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Renders run directories as one self-contained page.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:written",
      "1:the site cannot be written",
      "2:bad option or file, or no such run"
    })
public final class ReportCommand implements Callable<Integer> {

  private static final int CANNOT_WRITE = 1;
  private static final int BAD_INPUT = 2;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Run directories, or folders of them, in the order of the report.")
  private List<Path> runs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder to write to; default reports/site of the checkout.")
  private Path out;

  @Option(
      names = "--site",
      paramLabel = "DIR",
      description = "In place of --out: a page for each series of runs, and an index of them all.")
  private Path site;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "Prices of your own, in the form of the shipped list.")
  private Path prices;

  @Option(
      names = "--jmh",
      paramLabel = "FILE",
      description =
          "Results of microbenchmarks, as ./fanbench jmh -rf json -rff FILE writes them; may be"
              + " repeated.")
  private List<Path> jmh = List.of();

  @Override
  public Integer call() {
    PrintWriter console = spec.commandLine().getOut();
    PrintWriter errors = spec.commandLine().getErr();
    try {
      PriceList list = prices == null ? PriceList.shipped() : read(prices);
      List<JmhFile> results = jmh.stream().map(JmhFile::read).toList();
      RunFinder found = RunFinder.find(runs);
      found.leftOut().forEach(errors::println);
      console.print(site == null ? report(found.runs(), list, results) : index(found.runs(), list));
      console.flush();
      return 0;
    } catch (UnreadableRunException | IllegalArgumentException e) {
      errors.println(e.getMessage());
      return BAD_INPUT;
    } catch (IOException e) {
      errors.println(
          "cannot write the report to "
              + (site == null ? folder() : site)
              + ": "
              + FileError.words(e));
      return CANNOT_WRITE;
    }
  }

  private Path folder() {
    return out == null ? WorkFolder.results(WorkFolder.home()).resolve("reports/site") : out;
  }

  private String report(List<Path> whole, PriceList list, List<JmhFile> results)
      throws IOException {
    return ReportWriter.write(whole, folder(), list, results).consoleText();
  }

  private String index(List<Path> whole, PriceList list) throws IOException {
    if (!jmh.isEmpty()) {
      throw new IllegalArgumentException("--jmh is of one report; it cannot be with --site.");
    }
    return "Index: " + Site.write(whole, site, list) + "\n";
  }

  private static PriceList read(Path file) {
    try {
      return PriceList.read(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the prices: " + FileError.words(e), e);
    }
  }
}
