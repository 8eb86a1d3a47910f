package dev.fanbench.gatling.command;

import dev.fanbench.gatling.options.OptionIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: a function for bash and zsh that completes commands, options and keys. */
@Command(
    name = "./fanbench completion",
    mixinStandardHelpOptions = true,
    description = "Prints words for the Tab key. In bash: . <(./fanbench completion)")
public final class CompletionCommand implements Callable<Integer> {

  static final String COMMANDS =
      "serve run report merge readme calibrate compare ab search jmh token completion";

  @Spec private CommandSpec spec;

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new CompletionCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    String keys =
        OptionIndex.of(RunCommand.home()).offered().stream()
            .map(option -> option.key() + "=")
            .collect(Collectors.joining(" "));
    spec.commandLine()
        .getOut()
        .print(
            """
            _fanbench() {
              local word=${COMP_WORDS[COMP_CWORD]} words
              compopt -o default 2>/dev/null
              if [ "$COMP_CWORD" -eq 1 ]; then
                words='%s'
              else
                case ${COMP_WORDS[1]} in
                  serve) words='netty serverless --port --auth --help' ;;
                  run) words='%s %s %s' ;;
                  ab) words='netty serverless standard %s %s %s' ;;
                  search) words='netty serverless %s %s %s' ;;
                  calibrate) words='--post-concurrency --software --out --help' ;;
                  compare) words='--base --new --metric --out --seed --help' ;;
                  merge) words='--out --help' ;;
                  readme) words='--published --help' ;;
                  report) words='--jmh --out --site --prices --help' ;;
                  token) words='--sub --expires --help' ;;
                esac
              fi
              COMPREPLY=($(compgen -W "$words" -- "$word"))
              case ${COMPREPLY-} in *=) compopt -o nospace 2>/dev/null ;; esac
            }
            complete -F _fanbench fanbench ./fanbench
            """
                .formatted(
                    COMMANDS,
                    workloads(),
                    options(new RunCommand()),
                    keys,
                    workloads(),
                    options(new AbCommand()),
                    keys,
                    workloads(),
                    options(new SearchCommand()),
                    keys));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private static String workloads() throws IOException {
    Path directory = RunCommand.home().resolve("gatling/workloads");
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString().replace(".conf", ""))
          .sorted()
          .collect(Collectors.joining(" "));
    }
  }

  private static String options(Object command) {
    List<String> names =
        CommandLine.Model.CommandSpec.forAnnotatedObject(command).options().stream()
            .filter(option -> !option.hidden())
            .map(option -> option.longestName())
            .toList();
    return String.join(" ", names);
  }
}
