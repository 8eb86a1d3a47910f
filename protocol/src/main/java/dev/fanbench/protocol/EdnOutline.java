package dev.fanbench.protocol;

/**
 * The part of an EDN text that is outside its strings, comments and blanks: brackets, quotes,
 * numbers, keywords. Its length bounds what a parser does beyond looking at each character: the
 * digits of a number, the depth, and the keys that are hashed and compared.
 */
final class EdnOutline {
  private EdnOutline() {}

  /** Whether the outline of {@code text} has more than {@code most} characters. One pass. */
  static boolean isLongerThan(int most, CharSequence text) {
    int length = 0;
    for (int i = 0; i < text.length() && length <= most; i++) {
      char c = text.charAt(i);
      if (c == '"') {
        i = endOfString(text, i);
        length += 2;
      } else if (c == ';') {
        i = endOfLine(text, i);
      } else if (c == '\\') {
        // A character literal, which may be a quote.
        i++;
        length += 2;
      } else if (c > ' ' && c != ',') {
        length++;
      }
    }
    return length > most;
  }

  private static int endOfString(CharSequence text, int start) {
    int i = start + 1;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        break;
      }
      if (c == '\\') {
        i++;
      }
    }
    return i;
  }

  private static int endOfLine(CharSequence text, int start) {
    int i = start + 1;
    while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
      i++;
    }
    return i;
  }
}
