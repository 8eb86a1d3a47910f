package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.Series;
import java.util.List;

/**
 * The p50 of one run in two phases, or series, that differ in one thing.
 *
 * @param entry the run
 * @param value with the thing
 * @param base without it
 */
record PairedMedian(ReportedRun entry, PercentileValue value, PercentileValue base) {

  /** Of each compared run that has both phases, by their headline series. */
  static List<PairedMedian> of(PhaseComparison phase, PhaseComparison base) {
    return of(phase.rows(phase.headlineSeries()), base, base.headlineSeries());
  }

  /** Of each compared run that has both series of a phase. */
  static List<PairedMedian> of(PhaseComparison phase, Series series, Series base) {
    return of(phase.rows(series), phase, base);
  }

  private static List<PairedMedian> of(
      List<PhaseComparison.Row> rows, PhaseComparison base, Series series) {
    return rows.stream()
        .filter(row -> row.entry().compared())
        .flatMap(
            row ->
                base.row(series, row.entry()).stream()
                    .map(each -> new PairedMedian(row.entry(), median(row), median(each))))
        .toList();
  }

  private static PercentileValue median(PhaseComparison.Row row) {
    return row.distribution().at(Percentile.P50);
  }

  /** With ÷ without. */
  Ratio ratio() {
    return Ratio.of(value, base);
  }

  /** Whether there is a ratio of each, so that a sentence can tell them. */
  static boolean known(List<PairedMedian> medians) {
    return !medians.isEmpty() && medians.stream().allMatch(each -> each.ratio().known());
  }

  /** For a sentence: {@code 1.53 ms in memory (without: 1.45 ms, so 1.06×)} of each run. */
  static String text(List<PairedMedian> medians, String without) {
    List<ReportedRun> entries = medians.stream().map(PairedMedian::entry).toList();
    return Finding.joined(
        medians.stream()
            .map(
                each ->
                    "%s %s (%s: %s, so %s)"
                        .formatted(
                            Finding.time(each.value),
                            Finding.where(each.entry, entries),
                            without,
                            Finding.time(each.base),
                            each.ratio().listed()))
            .toList());
  }
}
