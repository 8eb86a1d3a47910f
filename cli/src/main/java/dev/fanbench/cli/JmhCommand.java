package dev.fanbench.cli;

import dev.fanbench.gatling.command.RunCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jmh}: microbenchmarks, in a JVM of their own. */
@Command(
    name = "jmh",
    description = {
      "Runs the microbenchmarks.",
      "Every word is passed on to JMH: -l lists the benchmarks, -rf json -rff FILE",
      "writes what report --jmh takes, and -h lists JMH's options."
    })
final class JmhCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "WORD", description = "Options of JMH.")
  private List<String> words = List.of();

  JmhCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(RunCommand.home().resolve("jmh/target/benchmarks.jar").toString());
    command.addAll(words.stream().map(word -> word.equals("--help") ? "-h" : word).toList());
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
