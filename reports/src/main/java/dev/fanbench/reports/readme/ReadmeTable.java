package dev.fanbench.reports.readme;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.model.CpuCost;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.Ratio;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Markdown that README.md shows of some runs: picture, table, and what they were taken on. */
public final class ReadmeTable {
  private static final int MOST_WITH_P90 = 3;

  private final ReportModel comparison;
  private final List<ReportedRun> columns;
  private final List<Line> lines = new ArrayList<>();

  /** One line of the table: for each run a p50 and a p90, either of which may be missing. */
  private record Line(String name, List<Cell> cells) {}

  private record Cell(String p50, String p90, Ratio ratio) {
    private static final Cell NONE = new Cell("", "", Ratio.NONE);
  }

  private ReadmeTable(ReportModel comparison) {
    this.comparison = comparison;
    this.columns =
        comparison.entries().stream()
            .filter(ReportedRun::compared)
            .sorted(Comparator.comparingDouble(this::slowness))
            .toList();
    comparison.phases(PhaseKind.FANOUT).stream()
        .sorted(Comparator.comparing(p -> p.phase().fanOut()))
        .forEach(p -> add(subscribers(p), p, Series.LAST_DELIVERY));
    comparison.phases(PhaseKind.CONNECT).forEach(p -> add("*connect*", p, Series.RESPONSE));
    comparison.phases(PhaseKind.CHAT).forEach(p -> add("*chat round trip*", p, Series.RESPONSE));
    addCpu();
  }

  /**
   * The Markdown between README.md's markers.
   *
   * @param picture where the picture is, relative to README.md
   * @throws IllegalArgumentException when no run is valid
   */
  public static String of(ReportModel comparison, String picture) {
    ReadmeTable figures = new ReadmeTable(comparison);
    if (figures.columns.isEmpty()) {
      throw new IllegalArgumentException("None of these runs is VALID, so README.md shows none.");
    }
    return "![%s](%s)\n\n%s\n%s\n"
        .formatted(comparison.finding().sentence(), picture, figures.table(), figures.smallPrint());
  }

  /** The ratio to the best in the largest room. */
  private double slowness(ReportedRun run) {
    return comparison.phases(PhaseKind.FANOUT).stream()
        .max(Comparator.comparing(p -> p.phase().fanOut()))
        .flatMap(largest -> largest.row(Series.LAST_DELIVERY, run))
        .map(row -> row.ratio().known() ? row.ratio().value() : 1)
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** A wide table has medians only. */
  private boolean hasP90() {
    return columns.size() <= MOST_WITH_P90;
  }

  private static String subscribers(PhaseComparison phase) {
    int size = phase.phase().fanOut();
    return UnitFormat.count(size) + (size == 1 ? " subscriber" : " subscribers");
  }

  private void add(String name, PhaseComparison phase, Series series) {
    lines.add(
        new Line(name, columns.stream().map(e -> phase.row(series, e)).map(this::cell).toList()));
  }

  private Cell cell(Optional<PhaseComparison.Row> row) {
    return row.map(
            r ->
                new Cell(
                    time(r.distribution().at(Percentile.P50)),
                    time(r.distribution().at(Percentile.P90)),
                    r.ratio()))
        .orElse(Cell.NONE);
  }

  private static String time(PercentileValue value) {
    return value instanceof PercentileValue.TooFewSamples ? "–" : value.brief();
  }

  private void addCpu() {
    Map<ReportedRun, Double> nanos =
        comparison.headlineCpu().stream()
            .filter(c -> c.entry().compared())
            .collect(Collectors.toMap(CpuCost::entry, CpuCost::nanosPerDelivery));
    double best = nanos.values().stream().mapToDouble(Double::doubleValue).min().orElse(0);
    if (best > 0) {
      int size = comparison.headlineCpu().get(0).phase().fanOut();
      lines.add(
          new Line(
              "*CPU per delivery at " + UnitFormat.count(size) + "*",
              columns.stream().map(e -> cpu(nanos.get(e), best)).toList()));
    }
  }

  private static Cell cpu(Double nanos, double best) {
    return nanos == null
        ? Cell.NONE
        : new Cell(UnitFormat.time(nanos), "", new Ratio(nanos / best));
  }

  /** A run that is the best in every line needs no column that says so. */
  private boolean alwaysBest(int column) {
    return lines.stream()
        .map(line -> line.cells.get(column).ratio)
        .noneMatch(ratio -> ratio.known() && ratio.value() > 1);
  }

  private String table() {
    StringBuilder head = new StringBuilder("| time to last delivery |");
    StringBuilder rule = new StringBuilder("|---|");
    for (int i = 0; i < columns.size(); i++) {
      head.append(' ').append(heading(columns.get(i))).append(hasP90() ? " p50 | p90 |" : " p50 |");
      rule.append(hasP90() ? "--:|--:|" : "--:|");
      if (!alwaysBest(i)) {
        head.append(" ÷ best |");
        rule.append("--:|");
      }
    }
    return Stream.concat(Stream.of(head, rule), lines.stream().map(this::row))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private String row(Line line) {
    StringBuilder row = new StringBuilder("| " + line.name + " |");
    for (int i = 0; i < columns.size(); i++) {
      Cell cell = line.cells.get(i);
      row.append(' ').append(cell.p50).append(" |");
      if (hasP90()) {
        row.append(' ').append(cell.p90).append(" |");
      }
      if (!alwaysBest(i)) {
        row.append(" **").append(cell.ratio.text()).append("** |");
      }
    }
    return row.toString();
  }

  private static String heading(ReportedRun entry) {
    return entry.inMemory() ? "in memory" : entry.nameWithLabels().replace(" · ", ", ");
  }

  /** The runs with their date and machine, and the time of the floor. */
  private String smallPrint() {
    ReportedRun first = columns.get(0);
    Map<String, String> environment = first.run().environment();
    String machine =
        Stream.of("machine", "cores", "cpu", "os", "load JVM")
            .filter(environment::containsKey)
            .map(
                key -> key.equals("cores") ? environment.get(key) + " cores" : environment.get(key))
            .collect(Collectors.joining(", "));
    return "%s%s %s, revision %s; %s; %s.%s"
        .formatted(
            comparison.finding().certainty(),
            legend(),
            first.run().startedAt().substring(0, 10),
            first.run().revision(),
            machine,
            first.run().target().place(),
            floor());
  }

  /** Sentences on what the table has. */
  private String legend() {
    boolean wide =
        lines.stream()
            .flatMap(line -> line.cells.stream())
            .anyMatch(cell -> cell.p50.contains("≤"));
    Run first = columns.get(0).run();
    boolean together =
        columns.size() == 1
            || columns.stream().allMatch(column -> column.run().tookTurnsWith(first));
    return (wide ? " *≤* is the upper end of a wide range." : "")
        + (together ? "" : " Not all targets took turns: some were measured minutes apart.");
  }

  /** The floor that took turns with the first column's target, or else another one. */
  private String floor() {
    Optional<PhaseComparison> headline = comparison.headline();
    Optional<ReportedRun> floor =
        comparison.entries().stream()
            .filter(entry -> entry.reference() && entry.valid())
            .max(Comparator.comparing(entry -> entry.run().tookTurnsWith(columns.get(0).run())));
    if (headline.isEmpty() || floor.isEmpty()) {
      return "";
    }
    Optional<PercentileValue> last =
        headline
            .get()
            .row(Series.LAST_DELIVERY, floor.get())
            .map(row -> row.distribution().at(Percentile.P50));
    Optional<CpuCost> cpu =
        comparison.headlineCpu().stream().filter(c -> c.entry().equals(floor.get())).findFirst();
    return last.isEmpty() || cpu.isEmpty()
        ? ""
        : " The floor, which only writes, took %s and %s of CPU per delivery at %s."
            .formatted(
                last.get().text(),
                UnitFormat.time(cpu.get().nanosPerDelivery()),
                UnitFormat.count(headline.get().phase().fanOut()));
  }
}
