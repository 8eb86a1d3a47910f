package dev.fanbench.target;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * One wording for a bad option of any command: a single sentence that names the option, the value
 * and what is allowed, without the usage text after it.
 */
public final class OptionError {
  private static final Map<Class<?>, String> TYPES =
      Map.of(
          int.class, "a whole number",
          Integer.class, "a whole number",
          long.class, "a whole number",
          Long.class, "a whole number",
          double.class, "a number",
          Double.class, "a number",
          Path.class, "a path");

  private OptionError() {}

  /** Makes {@code command} and its subcommands report bad options in this wording. */
  public static CommandLine reportedBy(CommandLine command) {
    return command.setParameterExceptionHandler(
        (bad, arguments) -> {
          bad.getCommandLine().getErr().println(sentence(bad));
          return bad.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
        });
  }

  /** The sentence for one bad option. */
  static String sentence(ParameterException bad) {
    if (bad instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    if (bad instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      ArgSpec first = missing.getMissing().get(0);
      return "the %s %s is missing; --help says more"
          .formatted(first.isOption() ? "option" : "parameter", name(first));
    }
    if (bad.getArgSpec() != null && bad.getValue() != null) {
      return "%s=%s is not allowed; %1$s takes %s"
          .formatted(
              name(bad.getArgSpec()),
              ShownAddress.ofValue(bad.getValue()),
              allowed(bad.getArgSpec()));
    }
    return bad.getMessage();
  }

  private static String unmatched(UnmatchedArgumentException bad) {
    String first = bad.getUnmatched().get(0).replaceAll("=.*", "");
    CommandSpec command = bad.getCommandLine().getCommandSpec();
    boolean option = first.startsWith("-");
    String what =
        option ? first + " is not an option" : "'%s' is not expected here".formatted(first);
    return Spelling.closest(
            first, option ? command.optionsMap().keySet() : command.subcommands().keySet())
        .map(near -> "%s; did you mean %s?".formatted(what, near))
        .orElse(what + "; --help lists what is");
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String allowed(ArgSpec argument) {
    Class<?> type = argument.auxiliaryTypes()[argument.auxiliaryTypes().length - 1];
    if (type.isEnum()) {
      return List.of(type.getEnumConstants()).stream()
          .map(Object::toString)
          .collect(Collectors.joining(", "));
    }
    if (argument.completionCandidates() != null) {
      return String.join(", ", argument.completionCandidates());
    }
    return TYPES.getOrDefault(type, argument.paramLabel());
  }
}
