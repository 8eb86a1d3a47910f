package dev.fanbench.gatling.command;

import dev.fanbench.gatling.ExitCode;
import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.reports.export.ConsoleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that starts many runs and says how each went. */
abstract class SeriesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** All runs, and what came of them; the command's exit code. */
  abstract int measure() throws IOException, InterruptedException;

  @Override
  public final Integer call() throws InterruptedException {
    PrintWriter errors = spec.commandLine().getErr();
    try {
      return measure();
    } catch (BadOption | IllegalArgumentException e) {
      errors.println(e.getMessage());
      return ExitCode.BAD_CONFIGURATION.code();
    } catch (IOException e) {
      errors.println("fanbench " + name() + ": " + e.getMessage());
      return ExitCode.ERROR.code();
    }
  }

  /** The word a user types. */
  abstract String name();

  final void say(String line) {
    print(ConsoleText.broken(line) + System.lineSeparator());
  }

  final void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }
}
