package dev.fanbench.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: a script for bash and zsh that completes commands, options and values. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script for the Tab key in bash or zsh.",
      "Use it by: . <(./fanbench completion)"
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  CompletionCommand() {}

  @Override
  public Integer call() {
    String script = AutoComplete.bash("fanbench", spec.root().commandLine());
    spec.commandLine().getOut().print(script);
    spec.commandLine().getOut().println("complete -F _complete_fanbench ./fanbench");
    spec.commandLine().getOut().flush();
    return 0;
  }
}
