package dev.fanbench.conventions;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes the prose out of a Markdown file: no fenced code, no generated part, no link targets. */
final class MarkdownText {
  private static final Pattern INLINE_CODE = Pattern.compile("`[^`]*`");
  private static final Pattern LINK = Pattern.compile("!?\\[([^\\]]*)\\]\\([^)]*\\)");
  private static final Pattern LIST_ITEM = Pattern.compile("(?:[-*+]|\\d+\\.)\\s.*");
  private static final Pattern CELLS = Pattern.compile("(?<!\\\\)\\|");

  private MarkdownText() {}

  /**
   * A paragraph, list item, heading or table cell.
   *
   * @param line of its beginning, counted from 1
   */
  record Block(int line, String text) {}

  static List<Block> blocks(List<String> lines) {
    List<Block> blocks = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int start = 1;
    boolean code = false;
    for (int index = 0; index < lines.size(); index++) {
      String line = lines.get(index).strip();
      boolean fence = line.startsWith("```") || line.startsWith("~~~");
      boolean begins = LIST_ITEM.matcher(line).matches() || line.startsWith("#");
      if (fence || code || begins || line.isEmpty() || line.startsWith("|")) {
        add(blocks, start, open);
      }
      if (fence) {
        code = !code;
      } else if (!code && line.startsWith("|")) {
        addCells(blocks, index + 1, line);
      } else if (!code && !line.isEmpty() && !line.startsWith("<")) {
        start = open.isEmpty() ? index + 1 : start;
        open.append(open.isEmpty() ? "" : " ").append(line);
      }
    }
    add(blocks, start, open);
    return blocks;
  }

  private static void addCells(List<Block> blocks, int line, String row) {
    for (String cell : CELLS.splitAsStream(plain(row)).toList()) {
      if (!cell.isBlank()) {
        blocks.add(new Block(line, cell.strip()));
      }
    }
  }

  private static void add(List<Block> blocks, int line, StringBuilder open) {
    if (!open.isEmpty()) {
      blocks.add(new Block(line, plain(open.toString())));
      open.setLength(0);
    }
  }

  private static String plain(String text) {
    String withoutCode = INLINE_CODE.matcher(text).replaceAll("code");
    return LINK.matcher(withoutCode).replaceAll("$1").replace("*", "");
  }
}
