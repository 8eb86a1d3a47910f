package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A comparison of servers: a line for each, those that are quick in a flood first. It is small
 * enough to be kept where the runs are not.
 *
 * @param date of the first run, ISO-8601
 * @param revision of fanbench
 * @param machine in words
 * @param single the first load in words, one publication at a time
 * @param flood the second load in words, several in flight
 * @param rows one for each server; the floor is last
 */
public record ServerTable(
    String date,
    String revision,
    String machine,
    String single,
    String flood,
    List<ServerRow> rows) {

  public ServerTable {
    rows = List.copyOf(rows);
  }

  /**
   * The table of runs that have servers of other projects among them, and two rates of their
   * largest fan-out; empty of all others.
   */
  public static Optional<ServerTable> of(ReportModel comparison) {
    List<PhaseComparison> largest = largest(comparison.phases(PhaseKind.FANOUT));
    if (largest.size() < 2 || comparison.entries().stream().noneMatch(ServerRow::isServer)) {
      return Optional.empty();
    }
    PhaseComparison single = largest.get(0);
    PhaseComparison flood = largest.get(largest.size() - 1);
    Run first = comparison.entries().get(0).run();
    return Optional.of(
        new ServerTable(
            first.startedAt().substring(0, 10),
            first.revision(),
            machine(first.environment()),
            words(single),
            words(flood),
            rows(comparison, single, flood)));
  }

  /** Phases of the largest fan-out, by their rate. */
  private static List<PhaseComparison> largest(List<PhaseComparison> fanOuts) {
    int most = fanOuts.stream().mapToInt(p -> p.phase().fanOut()).max().orElse(0);
    return fanOuts.stream()
        .filter(p -> p.phase().fanOut() == most)
        .sorted(Comparator.comparingDouble(p -> p.phase().ratePerSecond()))
        .toList();
  }

  /** All servers, and one valid floor of those that the groups had. */
  private static List<ServerRow> rows(
      ReportModel comparison, PhaseComparison single, PhaseComparison flood) {
    Optional<PhaseComparison> connect = comparison.phases(PhaseKind.CONNECT).stream().findFirst();
    Stream<DeliveryTotal> servers =
        comparison.accounted().stream().filter(total -> !total.entry().reference());
    Stream<DeliveryTotal> floor =
        comparison.accounted().stream()
            .filter(total -> total.entry().reference() && total.entry().valid())
            .limit(1);
    Comparator<ServerRow> quickFirst = Comparator.comparingLong(row -> row.flood().lastNanos());
    return Stream.concat(
            servers
                .map(total -> ServerRow.of(comparison, single, flood, connect, total))
                .sorted(quickFirst),
            floor.map(total -> ServerRow.of(comparison, single, flood, connect, total)))
        .toList();
  }

  private static String words(PhaseComparison phase) {
    return "%s publications a second to %s subscribers"
        .formatted(
            UnitFormat.mean(phase.phase().ratePerSecond()),
            UnitFormat.count(phase.phase().fanOut()));
  }

  private static String machine(Map<String, String> environment) {
    return Stream.of("machine", "cores", "cpu", "os")
        .filter(environment::containsKey)
        .map(key -> key.equals("cores") ? environment.get(key) + " cores" : environment.get(key))
        .collect(Collectors.joining(", "));
  }
}
