package dev.fanbench.reports.export;

import dev.fanbench.measurement.search.SearchResult;
import dev.fanbench.measurement.search.SearchStep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Searches in words: the answers first, then every step. */
public final class SearchText {

  private SearchText() {}

  /** For a pull request; ends with a line break. */
  public static String markdown(List<SearchResult> searches) {
    List<String> lines = new ArrayList<>();
    for (SearchResult search : searches) {
      lines.add("## " + Markdown.escaped(search.sentence()));
      lines.add("");
      lines.add("| offered | | outcome | |");
      lines.add("|--:|---|---|---|");
      search.steps().forEach(step -> lines.add(Markdown.row(cells(search, step))));
      lines.add("");
    }
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<String> cells(SearchResult search, SearchStep step) {
    return List.of(
        search.subject().text(step.load()),
        step.purpose().words(),
        step.judgement().outcome().words(),
        step.judgement().observed());
  }
}
