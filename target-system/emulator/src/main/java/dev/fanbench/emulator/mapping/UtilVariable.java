package dev.fanbench.emulator.mapping;

import java.util.HexFormat;

/** {@code $util}. */
enum UtilVariable {
  UTIL;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /**
   * {@code $util.escapeJavaScript(text)}: the inside of a JavaScript string. A single quote becomes
   * {@code \'}, which JSON does not know: templates for JSON append {@code .replaceAll("\\'","'")}.
   */
  String escapeJavaScript(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      escape(text.charAt(i), out);
    }
    return out.toString();
  }

  private static void escape(char next, StringBuilder out) {
    switch (next) {
      case '"', '\'', '\\', '/' -> out.append('\\').append(next);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> {
        if (next < ' ' || next > '~') {
          out.append("\\u").append(HEX.toHexDigits(next));
        } else {
          out.append(next);
        }
      }
    }
  }
}
