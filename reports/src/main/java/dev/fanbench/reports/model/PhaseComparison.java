package dev.fanbench.reports.model;

import dev.fanbench.measurement.change.PairedRatio;
import dev.fanbench.measurement.run.BlockMedian;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedSeries;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.Phase;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One phase over all runs that have it.
 *
 * @param phase as offered to the first of them
 * @param results one for each run, in the report's order
 * @param rows what is tabled, by series
 */
public record PhaseComparison(Phase phase, List<Result> results, Map<Series, List<Row>> rows) {

  /** The phase in one run. */
  public record Result(ReportedRun entry, RecordedPhase recorded) {

    /** Its delivery counts, usage and rates. */
    public PhaseResult result() {
      return recorded.result();
    }
  }

  /**
   * A line of a table.
   *
   * @param entry the run
   * @param distribution what it showed
   * @param ratio p50 over the best compared run's p50; none for references and for the load's own
   *     series
   */
  public record Row(ReportedRun entry, Distribution distribution, Ratio ratio) {

    private Row with(Ratio known) {
      return new Row(entry, distribution, known);
    }
  }

  /** Reduces the phase's series to rows, with their ratios. */
  static PhaseComparison of(List<Result> results) {
    Map<Series, List<Row>> rows = new EnumMap<>(Series.class);
    PhaseComparison comparison =
        new PhaseComparison(results.get(0).recorded().phase(), List.copyOf(results), rows);
    for (Series series : Series.values()) {
      List<Row> lines =
          results.stream()
              .flatMap(r -> r.recorded().series(series).stream().map(s -> row(r, s)))
              .toList();
      if (!lines.isEmpty()) {
        rows.put(series, comparison.withRatios(series, lines));
      }
    }
    return comparison;
  }

  private static Row row(Result result, RecordedSeries series) {
    return new Row(result.entry(), Distribution.of(series), Ratio.NONE);
  }

  private List<Row> withRatios(Series series, List<Row> lines) {
    Optional<Row> best =
        lines.stream()
            .filter(r -> r.entry().compared())
            .filter(r -> r.distribution().at(Percentile.P50) instanceof PercentileValue.Time)
            .min(Comparator.comparingLong(PhaseComparison::nanos));
    boolean ofTheLoad =
        series == Series.SEND_DELAY || series == Series.READ_LAG || series == Series.HICCUP;
    if (best.isEmpty() || ofTheLoad) {
      return List.copyOf(lines);
    }
    return lines.stream()
        .map(r -> r.entry().compared() ? r.with(ratio(series, r, best.get())) : r)
        .toList();
  }

  private static long nanos(Row row) {
    return ((PercentileValue.Time) row.distribution().at(Percentile.P50)).nanos();
  }

  /** From pairs of blocks where the two targets took turns. */
  private Ratio ratio(Series series, Row row, Row best) {
    Ratio ofMedians =
        Ratio.of(row.distribution().at(Percentile.P50), best.distribution().at(Percentile.P50));
    boolean pairs = row.entry().run().tookTurnsWith(best.entry().run());
    if (row.equals(best) || series != headlineSeries() || !pairs || !ofMedians.known()) {
      return ofMedians;
    }
    return PairedRatio.of(blocks(best), blocks(row)).map(Ratio::of).orElse(ofMedians);
  }

  private List<BlockMedian> blocks(Row row) {
    return results.stream()
        .filter(result -> result.entry().equals(row.entry()))
        .findFirst()
        .map(result -> result.recorded().blockMedians())
        .orElse(List.of());
  }

  /** True when each of these runs has the phase. */
  boolean holdsAll(List<ReportedRun> entries) {
    return results.stream().map(Result::entry).toList().containsAll(entries);
  }

  /** Lines of one series, empty when no run has it. */
  public List<Row> rows(Series series) {
    return rows.getOrDefault(series, List.of());
  }

  /** One run's line of one series. */
  public Optional<Row> row(Series series, ReportedRun entry) {
    return rows(series).stream().filter(r -> r.entry().equals(entry)).findFirst();
  }

  /** The series that headlines this kind of phase. */
  public Series headlineSeries() {
    return switch (phase.kind()) {
      case FANOUT -> Series.LAST_DELIVERY;
      case IDLE, CONNECT, ECHO, CHAT -> Series.RESPONSE;
    };
  }

  /** Title of the phase: its kind of arrival in words, and its name where that says more. */
  public String title() {
    String words =
        switch (phase.kind()) {
          case IDLE -> "Silence";
          case CONNECT -> "Connect";
          case ECHO -> "Echo round trip";
          case CHAT -> "Chat round trip";
          case FANOUT -> "Fan-out to " + UnitFormat.count(phase.fanOut());
        };
    String own = ownName(phase);
    return words + (own.isEmpty() ? "" : " (" + own + ")");
  }

  /** {@code text}, led in by the phase's name when there may be others of its kind. */
  public String named(String text) {
    String own = ownName(phase);
    return own.isEmpty() ? text : own + ": " + text;
  }

  /** Empty when the name is the kind's, or a fan-out's size. */
  static String ownName(Phase phase) {
    boolean usual =
        phase.name().equals("fanout-" + phase.fanOut())
            || phase.name().equalsIgnoreCase(phase.kind().name());
    return usual ? "" : phase.name();
  }
}
