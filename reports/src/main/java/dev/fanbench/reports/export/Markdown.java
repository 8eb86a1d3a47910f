package dev.fanbench.reports.export;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Text as Markdown: names and reasons come from run directories, which other programs may have
 * written.
 */
final class Markdown {

  private Markdown() {}

  /** Text that stays on its line and formats nothing. */
  static String escaped(String text) {
    return text.replaceAll("[\\r\\n]+", " ").replaceAll("([\\\\|<>`*_\\[\\]])", "\\\\$1");
  }

  /** A line of a table. */
  static String row(List<String> cells) {
    return cells.stream().map(Markdown::escaped).collect(Collectors.joining(" | ", "| ", " |"));
  }
}
