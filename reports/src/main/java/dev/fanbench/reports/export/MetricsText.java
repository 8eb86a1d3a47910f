package dev.fanbench.reports.export;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.reports.model.LivePhase;
import dev.fanbench.reports.model.LiveRun;
import dev.fanbench.reports.model.LiveView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * A run in progress as the text that Prometheus scrapes, version 0.0.4 of its format. Counters are
 * those of each target and phase, warm-ups included. Gauges tell of the phase that has its turn.
 */
public final class MetricsText {
  /** The media type of the format. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final List<Percentile> TOLD =
      List.of(Percentile.P50, Percentile.P90, Percentile.P99, Percentile.MAX);

  private final LiveView view;
  private final StringBuilder text = new StringBuilder();

  private MetricsText(LiveView view) {
    this.view = view;
  }

  /** The text; each line of it ends with a line feed. */
  public static String of(LiveView view) {
    MetricsText metrics = new MetricsText(view);
    metrics.counters();
    metrics.latency();
    metrics.phase();
    metrics.run();
    return metrics.text.toString();
  }

  private void counters() {
    counter(
        "fanbench_publications_total",
        "Connects, requests and publications that were sent.",
        DeliveryCount::sent);
    counter(
        "fanbench_deliveries_total",
        "Deliveries that subscribers received, each counted once.",
        DeliveryCount::delivered);
    counter(
        "fanbench_missing_deliveries_total",
        "Deliveries that were given up; most are known at the end of their phase.",
        DeliveryCount::missing);
    counter(
        "fanbench_duplicate_deliveries_total",
        "Deliveries that came again.",
        DeliveryCount::duplicates);
    counter(
        "fanbench_lost_connections_total",
        "Connections that the target ended.",
        DeliveryCount::lostConnections);
    counter(
        "fanbench_refused_publications_total",
        "Publications that the target declined.",
        DeliveryCount::refused);
  }

  private void counter(String name, String help, ToLongFunction<DeliveryCount> count) {
    List<String> samples = new ArrayList<>();
    for (Map.Entry<LivePhase, DeliveryCount> each : view.counts().entrySet()) {
      String labels = labels(each.getKey().target(), each.getKey().phase().name());
      samples.add("{%s} %d".formatted(labels, count.applyAsLong(each.getValue())));
    }
    metric(name, "counter", help, samples);
  }

  /** Percentiles of too few samples are left out, as on the page. */
  private void latency() {
    List<String> samples = new ArrayList<>();
    view.recent()
        .forEach(
            (series, percentiles) -> {
              for (Percentile rank : TOLD) {
                if (percentiles.at(rank) instanceof PercentileValue.Time time) {
                  samples.add(
                      "{%s,series=%s,percentile=%s} %s"
                          .formatted(
                              shown(),
                              quoted(series.label()),
                              quoted(rank.label()),
                              seconds(time.nanos())));
                }
              }
            });
    metric(
        "fanbench_latency_seconds",
        "gauge",
        "Percentiles of the last " + LiveRun.WINDOW_SECONDS + " s of the phase, by series.",
        samples);
  }

  private void phase() {
    view.phase()
        .ifPresent(
            phase -> {
              metric(
                  "fanbench_phase_info",
                  "gauge",
                  "The phase that has its turn.",
                  List.of("{%s,warm_up=%s} 1".formatted(shown(), quoted("" + phase.warmUp()))));
              metric(
                  "fanbench_offered_publications_per_second",
                  "gauge",
                  "The rate that the load offers.",
                  List.of(
                      "{%s} %s"
                          .formatted(
                              shown(), BigDecimal.valueOf(phase.ratePerSecond()).toPlainString())));
            });
  }

  private void run() {
    metric(
        "fanbench_run_ended",
        "gauge",
        "1 when the run has ended.",
        List.of(view.ending().isPresent() ? " 1" : " 0"));
    metric(
        "fanbench_run_left_seconds",
        "gauge",
        "The time that is left of the run, roughly.",
        List.of(" " + Math.round(view.secondsLeft())));
  }

  private void metric(String name, String type, String help, List<String> samples) {
    if (samples.isEmpty()) {
      return;
    }
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    samples.forEach(sample -> text.append(name).append(sample).append('\n'));
  }

  private String shown() {
    return labels(view.target(), view.phase().map(phase -> phase.name()).orElse(""));
  }

  private static String labels(String target, String phase) {
    return "target=" + quoted(target) + ",phase=" + quoted(phase);
  }

  private static String quoted(String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return '"' + escaped + '"';
  }

  private static String seconds(long nanos) {
    return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
  }
}
