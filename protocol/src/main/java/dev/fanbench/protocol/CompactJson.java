package dev.fanbench.protocol;

/**
 * Takes the blanks out of JSON and escapes what a browser could mistake for markup or a line end,
 * touching nothing else: number text and existing escapes stay as they were written.
 */
final class CompactJson {
  private CompactJson() {}

  /**
   * The compact form of {@code json}.
   *
   * @param json one valid JSON value
   */
  static String of(String json) {
    StringBuilder out = new StringBuilder(json.length() + 16);
    boolean inString = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (!inString && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
        continue;
      }
      if (inString && c == '\\') {
        out.append(c).append(json.charAt(++i));
        continue;
      }
      if (c == '"') {
        inString = !inString;
      }
      append(out, c);
    }
    return out.toString();
  }

  private static void append(StringBuilder out, char c) {
    switch (c) {
      case '<' -> out.append("\\u003c");
      case '>' -> out.append("\\u003e");
      case '&' -> out.append("\\u0026");
      case '\u2028' -> out.append("\\u2028");
      case '\u2029' -> out.append("\\u2029");
      default -> out.append(c);
    }
  }
}
