package dev.fanbench.gatling.options;

import java.util.ArrayList;
import java.util.List;

/** Lists the options of a checkout, for the terminal and for the docs. */
public final class OptionTable {
  private static final int WIDTH = 80;
  private static final String INDENT = "      ";

  private OptionTable() {}

  /** All options in groups, at most 80 characters wide. */
  public static String text(OptionIndex index) {
    StringBuilder text = new StringBuilder();
    for (OptionGroup group : OptionGroup.values()) {
      if (group != OptionGroup.BUILD) {
        text.append("\n").append(group.title()).append(":\n");
        index.in(group).forEach(option -> append(text, option));
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Option<?> option) {
    text.append("  ").append(option.key()).append('=');
    text.append(option.defaultText().orElse("")).append('\n');
    for (String line : wrapped(option.help() + " Takes " + option.allowed() + ".")) {
      text.append(INDENT).append(line).append('\n');
    }
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() + 1 > WIDTH - INDENT.length()) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** A Markdown table for each group. */
  public static String markdown(OptionIndex index) {
    StringBuilder text = new StringBuilder();
    for (OptionGroup group : OptionGroup.values()) {
      if (group != OptionGroup.BUILD) {
        text.append("\n## ").append(group.title());
        text.append("\n\n| key | default | takes | meaning |\n|---|---|---|---|\n");
        index.in(group).forEach(option -> text.append(row(option)));
      }
    }
    return text.toString();
  }

  private static String row(Option<?> option) {
    String otherwise = option.defaultText().map(text -> "`" + text + "`").orElse("");
    return "| `%s` | %s | %s | %s |\n"
        .formatted(option.key(), otherwise, option.allowed(), option.help().replace("|", "\\|"));
  }
}
