package dev.fanbench.reports.readme;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.model.ServerRow;
import dev.fanbench.reports.model.ServerTable;
import java.util.List;
import java.util.stream.Collectors;

/** The Markdown that docs/servers.md shows of a comparison of servers. */
public final class ServerMarkdown {

  private static final List<String> TIMES =
      List.of(
          "server",
          "version",
          "last delivery p50, one at a time",
          "in a flood",
          "connect p50",
          "memory per connection");

  private static final List<String> COUNTS =
      List.of(
          "server",
          "CPU per delivery, one at a time",
          "÷ floor",
          "in a flood",
          "÷ floor",
          "delivered",
          "out of order",
          "duplicates");

  private ServerMarkdown() {}

  /** The part between the page's markers. */
  public static String of(ServerTable table) {
    return """
        %s, revision %s; %s; this machine, loopback, a process for each server. One run each; a range in brackets
        holds the true value in 99 of 100 cases.

        - *One at a time*: %s.
        - *In a flood*: %s. The servers are sorted by this column.

        %s%s
        %s%s"""
        .formatted(
            table.date(),
            table.revision(),
            table.machine(),
            table.single(),
            table.flood(),
            head(TIMES),
            table.rows().stream().map(ServerMarkdown::times).collect(Collectors.joining()),
            head(COUNTS),
            table.rows().stream().map(ServerMarkdown::counts).collect(Collectors.joining()));
  }

  private static String head(List<String> columns) {
    return "| %s |\n|---|%s\n"
        .formatted(String.join(" | ", columns), "--:|".repeat(columns.size() - 1));
  }

  private static String times(ServerRow row) {
    return "| %s%s | %s | %s | %s | %s | %s |\n"
        .formatted(
            link(row),
            row.verdict().equals("VALID") ? "" : " (" + row.verdict() + ")",
            row.version().isEmpty() ? "fanbench's" : row.version(),
            row.single().last(),
            row.flood().last(),
            row.connect(),
            row.memory());
  }

  private static String counts(ServerRow row) {
    return "| %s | %s | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            link(row),
            row.single().cpu(),
            row.single().overFloor(),
            row.flood().cpu(),
            row.flood().overFloor(),
            row.reach(),
            UnitFormat.count(row.outOfOrder()),
            UnitFormat.count(row.duplicates()));
  }

  /** To the folder with the settings that the server was started with. */
  private static String link(ServerRow row) {
    return "[%s](../servers/%1$s)".formatted(row.name());
  }
}
