package dev.fanbench.reports.export;

import dev.fanbench.measurement.change.Change;
import dev.fanbench.measurement.change.ComparedSide;
import dev.fanbench.measurement.change.RatioInterval;
import dev.fanbench.measurement.change.RunComparison;
import dev.fanbench.measurement.change.TargetChange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A comparison in words: the verdicts first, then everything else that both sides measured. */
public final class ChangeText {

  private static final String BESIDES =
      "Of a hundred lines in which nothing changed, one says otherwise; only the first of a target"
          + " decides.";

  private ChangeText() {}

  /** For a terminal; ends with a line break. */
  public static String console(RunComparison changes) {
    List<String> lines = new ArrayList<>();
    for (TargetChange target : changes.targets()) {
      lines.add(headline(target));
      TextTable table = new TextTable();
      rows(target).forEach(table::add);
      lines.add("");
      lines.addAll(table.lines());
      lines.add("");
      target.notes().forEach(lines::add);
    }
    lines.addAll(closing(changes));
    return text(lines);
  }

  /** For a pull request; ends with a line break. */
  public static String markdown(RunComparison changes) {
    List<String> lines = new ArrayList<>();
    for (TargetChange target : changes.targets()) {
      lines.add("## " + Markdown.escaped(headline(target)));
      lines.add("");
      List<List<String>> rows = rows(target);
      lines.add(Markdown.row(rows.get(0)));
      lines.add("|---|---|--:|--:|--:|");
      rows.subList(1, rows.size()).forEach(cells -> lines.add(Markdown.row(cells)));
      lines.add("");
      target.notes().forEach(note -> lines.add("- " + Markdown.escaped(note)));
      // A line that follows a list at once would belong to its last item.
      lines.add("");
    }
    closing(changes).forEach(line -> lines.addAll(List.of(Markdown.escaped(line), "")));
    return text(lines).strip() + "\n";
  }

  /** A target and its verdict, as one sentence. */
  public static String headline(TargetChange target) {
    return target.name() + ": " + target.decides().sentence() + ".";
  }

  /** Sentences about the whole comparison. */
  public static List<String> closing(RunComparison changes) {
    List<String> lines = new ArrayList<>();
    if (changes.targets().isEmpty()) {
      lines.add("No target is on both sides, so nothing is compared.");
    }
    if (!changes.unpaired().isEmpty()) {
      lines.add("On one side only: " + String.join(", ", changes.unpaired()) + ".");
    }
    if (changes.targets().stream().anyMatch(t -> !t.others().isEmpty())) {
      lines.add(BESIDES);
    }
    return lines;
  }

  private static List<List<String>> rows(TargetChange target) {
    String first = side(target.base());
    String second = side(target.now());
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "metric", "verdict", first, second, "change, " + confidence(target) + " intervals"));
    Stream.concat(Stream.of(target.decides()), target.others().stream())
        .map(ChangeText::cells)
        .forEach(rows::add);
    return rows;
  }

  /** The confidence that all of a target's intervals have. */
  public static String confidence(TargetChange target) {
    return target.decides().ratio().orElse(new RatioInterval(1, 1, 1)).confidenceText();
  }

  private static List<String> cells(Change change) {
    return List.of(
        change.metric().expression(),
        change.verdict().words(),
        change.textWithReach(change.base()),
        change.textWithReach(change.now()),
        change.ratio().map(RatioInterval::text).orElse("–"));
  }

  /** A side's name and the number of its runs. */
  public static String side(ComparedSide side) {
    int runs = side.runs().size();
    return side.name() + " (" + runs + (runs == 1 ? " run)" : " runs)");
  }

  private static String text(List<String> lines) {
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }
}
