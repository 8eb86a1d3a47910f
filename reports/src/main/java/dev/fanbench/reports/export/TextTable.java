package dev.fanbench.reports.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Lines up cells in columns: the first two to the left, figures to the right. Not thread-safe. */
final class TextTable {

  private static final int WORD_COLUMNS = 2;

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a line; every line has the same number of cells. */
  void add(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /**
   * Leaves columns out, one after the other, until the lines have at most so many characters.
   *
   * @param columns that may be left out, in this order
   * @return the heads of those left out, in the order of the table
   */
  List<String> narrow(int most, List<Integer> columns) {
    List<Integer> dropped = new ArrayList<>();
    for (int column : columns) {
      if (lines(dropped).stream().mapToInt(String::length).max().orElse(0) <= most) {
        break;
      }
      dropped.add(column);
    }
    dropped.sort(Comparator.naturalOrder());
    List<String> heads = dropped.stream().map(column -> rows.get(0).get(column)).toList();
    List<List<String>> left = rows.stream().map(row -> without(row, dropped)).toList();
    rows.clear();
    rows.addAll(left);
    return heads;
  }

  private List<String> lines(List<Integer> dropped) {
    TextTable narrower = new TextTable();
    rows.forEach(row -> narrower.add(without(row, dropped)));
    return narrower.lines();
  }

  private static List<String> without(List<String> row, List<Integer> dropped) {
    return IntStream.range(0, row.size())
        .filter(column -> !dropped.contains(column))
        .mapToObj(row::get)
        .toList();
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
