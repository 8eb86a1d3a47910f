package dev.fanbench.gatling.command;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.Option;
import dev.fanbench.measurement.change.ComparedSide;
import dev.fanbench.measurement.change.LookPlan;
import dev.fanbench.measurement.change.ShareText;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine;

/** {@code --runs}, {@code --precision} and {@code --limit}: when {@code ab} has measured enough. */
final class SeriesEnd {
  private static final int USUAL_RUNS = 5;
  private static final int MOST_RUNS_FOR_A_PRECISION = 30;
  private static final int MOST_RUNS = 100;

  private static final Option<Double> LIMIT =
      Option.seconds("--limit", 1, Double.MAX_VALUE, "a time such as 30m, from 1s");

  @CommandLine.Option(
      names = "--runs",
      paramLabel = "N",
      description = {
        "Runs of each, 3 to 100; default 5.",
        "With --precision the most, and 30 is the default."
      })
  private Integer runs;

  @CommandLine.Option(
      names = "--precision",
      paramLabel = "SHARE",
      description = {
        "Goes on until the ratio is known to this share, such as 5%%, at one of up to 5 looks.",
        "The confidence of each look is raised, so that all together have 99 %%."
      })
  private String precision;

  @CommandLine.Option(
      names = "--limit",
      paramLabel = "TIME",
      description = "Starts no more pairs after this time, such as 30m; the last look follows.")
  private String limit;

  /**
   * The looks.
   *
   * @throws BadOption when a number is not allowed
   */
  LookPlan looks() {
    int most =
        Optional.ofNullable(runs)
            .orElse(precision == null ? USUAL_RUNS : MOST_RUNS_FOR_A_PRECISION);
    if (most < ComparedSide.LEAST_RUNS || most > MOST_RUNS) {
      throw BadOption.of(
          "--runs", most, "a number from " + ComparedSide.LEAST_RUNS + " to " + MOST_RUNS);
    }
    return precision == null ? LookPlan.once(most) : LookPlan.upTo(most);
  }

  /**
   * The wanted precision as a share, such as 0.05.
   *
   * @throws IllegalArgumentException when it is not allowed
   */
  OptionalDouble precision() {
    return precision == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(ShareText.parse("--precision", precision));
  }

  /**
   * The longest time; empty for none.
   *
   * @throws BadOption when it is not allowed
   */
  Optional<Duration> limit() {
    return Optional.ofNullable(limit)
        .map(text -> Duration.ofNanos((long) (LIMIT.parse(text) * 1e9)));
  }
}
