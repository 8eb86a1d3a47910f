package dev.fanbench.protocol;

/**
 * Takes the blanks out of JSON and escapes characters that a browser could mistake for markup or a
 * line end. Number text and existing escapes stay as they were written.
 */
final class CompactJson {
  private CompactJson() {}

  /**
   * The compact form of {@code json}.
   *
   * @param json one valid JSON value
   */
  static String of(CharSequence json) {
    StringBuilder out = new StringBuilder(json.length() + 16);
    boolean inString = false;
    int kept = 0;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '"') {
        inString = !inString;
      } else if (inString && c == '\\') {
        i++;
      } else {
        String instead = instead(c, inString);
        if (instead != null) {
          if (kept < i) {
            out.append(json, kept, i);
          }
          out.append(instead);
          kept = i + 1;
        }
      }
    }
    return out.append(json, kept, json.length()).toString();
  }

  /** The text that {@code c} goes out as, {@code null} for itself. */
  private static String instead(char c, boolean inString) {
    return switch (c) {
      case ' ', '\t', '\n', '\r' -> inString ? null : "";
      case '<' -> "\\u003c";
      case '>' -> "\\u003e";
      case '&' -> "\\u0026";
      case '\u2028' -> "\\u2028";
      case '\u2029' -> "\\u2029";
      default -> null;
    };
  }
}
