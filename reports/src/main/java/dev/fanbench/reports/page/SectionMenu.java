package dev.fanbench.reports.page;

import dev.fanbench.reports.markup.Markup;
import java.util.Comparator;
import java.util.Map;

/** Links to the sections of a page, in their order. They stay at the top of the screen. */
final class SectionMenu {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("sustained", "Search"),
          Map.entry("fan-out", "Room sizes"),
          Map.entry("verdicts", "Verdicts"),
          Map.entry("run", "Runs"),
          Map.entry("outage", "Outage"),
          Map.entry("headline", "Percentiles"),
          Map.entry("fairness", "Fairness"),
          Map.entry("servers", "Servers"),
          Map.entry("settings", "Settings"),
          Map.entry("over-time", "Time"),
          Map.entry("maps", "Maps"),
          Map.entry("connect", "Connect"),
          Map.entry("round-trip", "Round trip"),
          Map.entry("idle", "Idle"),
          Map.entry("cpu", "CPU"),
          Map.entry("jmh", "JMH"),
          Map.entry("cost", "Bill"),
          Map.entry("conditions", "Conditions"),
          Map.entry("books", "Counts"),
          Map.entry("failures", "Failures"),
          Map.entry("workload", "Workload"),
          Map.entry("environment", "Environment"),
          Map.entry("memory", "Memory"),
          Map.entry("counters", "Counters"),
          Map.entry("limits", "Limits"));

  private SectionMenu() {}

  /** The links to the sections that are there. */
  static Markup of(Markup sections) {
    String text = sections.toString();
    Markup links =
        NAMES.keySet().stream()
            .filter(id -> place(text, id) >= 0)
            .sorted(Comparator.comparingInt(id -> place(text, id)))
            .map(id -> Markup.of("<a href=\"#{}\">{}</a>", id, NAMES.get(id)))
            .collect(Markup.joining());
    return Markup.of("<nav aria-label=\"Sections\">{}</nav>\n", links);
  }

  private static int place(String sections, String id) {
    return sections.indexOf(" id=\"" + id + "\"");
  }
}
