package dev.fanbench.measurement.change;

/** Shares as a command line has them: {@code 5%}. */
public final class ShareText {
  private static final double LEAST_PERCENT = 0.1;
  private static final double MOST_PERCENT = 100;

  private ShareText() {}

  /**
   * Reads a share.
   *
   * @param option the name of the option, for the sentence
   * @return such as 0.05 for {@code 5%}
   * @throws IllegalArgumentException with option, value and what is allowed
   */
  public static double parse(String option, String text) {
    try {
      double percent = Double.parseDouble(text.replaceFirst("\\s*%$", ""));
      if (text.endsWith("%") && percent >= LEAST_PERCENT && percent <= MOST_PERCENT) {
        return percent / 100;
      }
    } catch (NumberFormatException none) {
      // Answered below, like a number that is too small.
    }
    throw new IllegalArgumentException(
        "%s=%s is not allowed; %s takes a share from 0.1%% to 100%%, such as 5%%."
            .formatted(option, text, option));
  }
}
