package dev.fanbench.reports.export;

import java.util.stream.Collectors;

/** Lines for a console of 100 columns. */
public final class ConsoleText {
  /** Columns of a console. */
  static final int WIDTH = 100;

  private static final String SET_IN = "\n  ";

  private ConsoleText() {}

  /** The text with its lines broken at blanks, so that each part has 100 columns if it can. */
  public static String broken(String text) {
    return text.length() <= WIDTH
        ? text
        : text.lines().map(ConsoleText::brokenLine).collect(Collectors.joining("\n"));
  }

  private static String brokenLine(String line) {
    StringBuilder parts = new StringBuilder();
    int from = 0;
    int width = WIDTH;
    while (line.length() - from > width) {
      int blank = line.lastIndexOf(' ', from + width);
      if (blank <= from) {
        break;
      }
      parts.append(line, from, blank).append(SET_IN);
      from = blank + 1;
      width = WIDTH - SET_IN.length() + 1;
    }
    return parts.append(line, from, line.length()).toString();
  }
}
