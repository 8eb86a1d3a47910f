package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileInterval;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.List;

/**
 * The answer to {@link #QUESTION} for one run.
 *
 * @param entry the run
 * @param holds whether p99 is under {@link #LIMIT_NANOS}; meaningless when not known
 * @param known whether the interval of the p99 is on one side of the limit
 * @param text the answer with its figure
 */
public record RoundTripAnswer(ReportedRun entry, boolean holds, boolean known, String text) {

  /** The question, as the page shows it. */
  public static final String QUESTION = "Is a chat round trip a few milliseconds?";

  /** Meaning of "a few milliseconds": p99 of the chat response under 10 ms. */
  public static final long LIMIT_NANOS = 10_000_000;

  /** The same question as a threshold. */
  private static final String EXPRESSION = "p99.chat<10ms";

  /** True when a threshold asks nothing but {@link #QUESTION}, which is answered already. */
  public static boolean covers(SloVerdict slo) {
    return !slo.gate() && slo.expression().equals(EXPRESSION);
  }

  static List<RoundTripAnswer> of(List<PhaseComparison> phases) {
    return phases.stream()
        .filter(p -> p.phase().kind() == PhaseKind.CHAT)
        .limit(1)
        .flatMap(p -> p.rows(Series.RESPONSE).stream())
        .filter(r -> !r.entry().reference())
        .map(RoundTripAnswer::of)
        .toList();
  }

  private static RoundTripAnswer of(PhaseComparison.Row row) {
    PercentileValue p99 = row.distribution().at(Percentile.P99);
    PercentileInterval interval = p99.interval();
    boolean few = p99 instanceof PercentileValue.TooFewSamples;
    String value = "p99 " + (few ? interval.text() : p99.text());
    if (interval.highNanos() < LIMIT_NANOS) {
      return new RoundTripAnswer(row.entry(), true, true, "yes, " + value);
    }
    return interval.lowNanos() >= LIMIT_NANOS
        ? new RoundTripAnswer(row.entry(), false, true, "no, " + value)
        : new RoundTripAnswer(
            row.entry(), false, false, "not known, " + (few ? p99.text() + " for a p99" : value));
  }
}
