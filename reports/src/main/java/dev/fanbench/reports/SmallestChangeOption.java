package dev.fanbench.reports;

import dev.fanbench.measurement.change.ChangeRule;
import dev.fanbench.measurement.change.RatioInterval;
import dev.fanbench.measurement.change.ShareText;
import picocli.CommandLine.Option;

/** {@code --smallest-change}, of each command that compares. */
public final class SmallestChangeOption {
  private static final String NAME = "--smallest-change";

  @Option(
      names = NAME,
      paramLabel = "SHARE",
      defaultValue = "5%",
      description = {
        "The smallest change that counts; default 5%%.",
        "No change means that twice of it is excluded."
      })
  private String share;

  /**
   * The rule of one look.
   *
   * @throws IllegalArgumentException when the share is not allowed
   */
  public ChangeRule rule() {
    return rule(RatioInterval.CONFIDENCE);
  }

  /**
   * The rule of a look with this confidence, from 0 to 1.
   *
   * @throws IllegalArgumentException when the share is not allowed
   */
  public ChangeRule rule(double confidence) {
    return new ChangeRule(confidence, ShareText.parse(NAME, share));
  }
}
