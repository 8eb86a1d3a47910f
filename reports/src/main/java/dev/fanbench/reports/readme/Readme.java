package dev.fanbench.reports.readme;

/** README.md's text, whose part between two markers is generated. */
public final class Readme {

  /** Stands before the generated part, on a line of its own. */
  public static final String START =
      "<!-- written by ./fanbench readme from reports/published -->\n";

  /** Stands behind it. */
  public static final String END = "<!-- end -->\n";

  private Readme() {}

  /**
   * The text with this part.
   *
   * @throws IllegalArgumentException when a marker is missing
   */
  public static String with(String text, String figures) {
    int start = text.indexOf(START);
    int end = text.indexOf(END, Math.max(0, start));
    if (start < 0 || end < 0) {
      throw new IllegalArgumentException(
          "there is no place for the figures: it is between the lines “%s” and “%s”"
              .formatted(START.strip(), END.strip()));
    }
    return text.substring(0, start + START.length()) + figures + text.substring(end);
  }
}
