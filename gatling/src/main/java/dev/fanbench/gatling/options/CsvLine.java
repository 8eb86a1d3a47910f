package dev.fanbench.gatling.options;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of comma-separated values as in RFC 4180: a value in quotes may have commas, and quotes
 * that are doubled. A value ends on its line.
 */
final class CsvLine {
  private static final char QUOTE = '"';
  private static final char COMMA = ',';

  private final String line;
  private int at;

  private CsvLine(String line) {
    this.line = line;
  }

  /**
   * The values of a line, without their quotes; one empty value for an empty line.
   *
   * @throws IllegalArgumentException with a clause that names the fault and no value
   */
  static List<String> values(String line) {
    return new CsvLine(line).values();
  }

  private List<String> values() {
    List<String> values = new ArrayList<>();
    boolean more = true;
    while (more) {
      values.add(isAt(QUOTE) ? quoted() : plain());
      more = isAt(COMMA);
      at++;
    }
    return values;
  }

  private String plain() {
    int comma = line.indexOf(COMMA, at);
    String value = line.substring(at, comma < 0 ? line.length() : comma);
    if (value.indexOf(QUOTE) >= 0) {
      throw new IllegalArgumentException("a value with a quote must begin and end with quotes");
    }
    at += value.length();
    return value;
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < line.length()) {
      char next = line.charAt(at++);
      if (next != QUOTE) {
        value.append(next);
      } else if (isAt(QUOTE)) {
        value.append(QUOTE);
        at++;
      } else if (at < line.length() && !isAt(COMMA)) {
        throw new IllegalArgumentException("a closing quote must be followed by a comma");
      } else {
        return value.toString();
      }
    }
    throw new IllegalArgumentException("a value in quotes does not end on its line");
  }

  private boolean isAt(char wanted) {
    return at < line.length() && line.charAt(at) == wanted;
  }
}
