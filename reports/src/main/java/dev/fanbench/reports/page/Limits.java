package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.reports.chart.PercentileChart.Limit;
import dev.fanbench.reports.model.Comparison;
import dev.fanbench.reports.model.PhaseComparison;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The thresholds that speak of a chart, read from the expressions of the runs' SLOs. */
final class Limits {

  private static final Pattern EXPRESSION =
      Pattern.compile("(?:p[0-9.]+|max)\\.([A-Za-z]+)<=?([0-9.]+)(ns|us|µs|ms|s)(?:@.*)?");
  private static final Map<String, Double> NANOS =
      Map.of("ns", 1.0, "us", 1e3, "µs", 1e3, "ms", 1e6, "s", 1e9);

  private Limits() {}

  static List<Limit> of(Comparison comparison, PhaseComparison phase, Series series) {
    return comparison.entries().stream()
        .flatMap(e -> e.run().slos().stream())
        .filter(s -> speaksOf(s, phase))
        .flatMap(s -> limit(s, phase, series).stream())
        .distinct()
        .toList();
  }

  private static boolean speaksOf(SloVerdict slo, PhaseComparison phase) {
    return slo.phase().equals("run") || slo.phase().equals(phase.phase().name());
  }

  private static Optional<Limit> limit(SloVerdict slo, PhaseComparison phase, Series series) {
    Matcher expression = EXPRESSION.matcher(slo.expression().replace(" ", ""));
    if (!expression.matches()) {
      return Optional.empty();
    }
    String subject = expression.group(1);
    String kind = phase.phase().kind().name().toLowerCase(Locale.ROOT);
    boolean drawn =
        subject.equals(series.label()) || (subject.equals(kind) && series == Series.RESPONSE);
    double nanos = Double.parseDouble(expression.group(2)) * NANOS.get(expression.group(3));
    return drawn ? Optional.of(new Limit(nanos, slo.expression())) : Optional.empty();
  }
}
