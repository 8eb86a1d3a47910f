package dev.fanbench.reports.export;

import java.util.ArrayList;
import java.util.List;

/** Lines up cells in columns: the first two to the left, figures to the right. Not thread-safe. */
final class TextTable {

  private static final int WORD_COLUMNS = 2;

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a line; every line has the same number of cells. */
  void add(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  List<String> lines() {
    int columns = rows.isEmpty() ? 0 : rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(r -> line(r, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String space = " ".repeat(widths[i] - row.get(i).length());
      line.append(i < WORD_COLUMNS ? row.get(i) + space : space + row.get(i)).append("  ");
    }
    return line.toString().stripTrailing();
  }
}
