package dev.fanbench.cli;

import dev.fanbench.tokens.TokenKey;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code token}: prints a token that either server accepts. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Prints a token for a server started with --auth jwt, or for a stage on AWS.",
    sortOptions = false)
final class TokenCommand implements Callable<Integer> {
  private final Clock clock;
  private final UnaryOperator<String> environment;

  @Spec private CommandSpec spec;

  @Option(names = "--sub", required = true, description = "The user whose token it is.")
  private String user;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "The time until it expires: 30s, 5m, 1h, 7d (default: 1h).")
  private Duration life = Duration.ofHours(1);

  @Option(
      names = "--secret",
      description =
          "The secret that signs it. Other users of this machine can see it there; without this"
              + " option it is taken from the environment variable "
              + TokenKey.VARIABLE
              + ".")
  private String secret;

  /**
   * @param clock the clock of the expiry time
   * @param environment returns a variable, or null if it is not set
   */
  TokenCommand(Clock clock, UnaryOperator<String> environment) {
    this.clock = clock;
    this.environment = environment;
  }

  /** The command, with the time and the environment of this process. */
  static CommandLine commandLine() {
    return commandLine(Clock.systemUTC(), System::getenv);
  }

  static CommandLine commandLine(Clock clock, UnaryOperator<String> environment) {
    return new CommandLine(new TokenCommand(clock, environment))
        .registerConverter(Duration.class, TokenCommand::duration);
  }

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(key().sign(user, clock.instant().plus(life)));
    return 0;
  }

  private TokenKey key() {
    try {
      return Optional.ofNullable(secret)
          .map(TokenKey::new)
          .orElseGet(() -> TokenKey.of(environment));
    } catch (IllegalArgumentException bad) {
      throw new ParameterException(spec.commandLine(), bad.getMessage());
    }
  }

  private static Duration duration(String text) {
    String iso = text.toUpperCase(Locale.ROOT);
    try {
      return Duration.parse(iso.endsWith("D") ? "P" + iso : "PT" + iso);
    } catch (DateTimeParseException broken) {
      throw new TypeConversionException(
          "'%s' is no time such as 30s, 5m, 1h or 7d".formatted(text));
    }
  }
}
