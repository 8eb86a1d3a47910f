package dev.fanbench.reports.export;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.reports.model.CpuCost;
import dev.fanbench.reports.model.DeliveryTotal;
import dev.fanbench.reports.model.IdleCost;
import dev.fanbench.reports.model.Mark;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import dev.fanbench.reports.model.RoundTripAnswer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The end of a run on the console: plain text, its verdicts first. Sentences are broken at 100
 * columns. A table that is wider leaves its highest percentiles to the page.
 */
public final class ConsoleSummary {

  private static final List<Series> TABLED =
      List.of(
          Series.RECONNECT,
          Series.RESPONSE,
          Series.SAME_NODE,
          Series.OTHER_NODE,
          Series.LAST_DELIVERY,
          Series.SERVICE,
          Series.SEND_DELAY,
          Series.READ_LAG,
          Series.HICCUP);

  private ConsoleSummary() {}

  /**
   * The summary, ending with a line break.
   *
   * @param page where the page was written
   */
  public static String of(ReportModel comparison, Path page) {
    List<String> verdicts = new ArrayList<>();
    addFinding(verdicts, comparison);
    addCounts(verdicts, comparison);
    addThresholds(verdicts, comparison);
    List<String> figures = new ArrayList<>();
    addRates(figures, comparison);
    addCpu(figures, comparison);
    addIdle(figures, comparison);
    addWarnings(figures, comparison);
    figures.add("");
    comparison.hint().ifPresent(figures::add);

    List<String> lines = new ArrayList<>(broken(verdicts));
    comparison.headline().ifPresent(h -> addTable(lines, h));
    lines.addAll(broken(figures));
    lines.add("Report: " + page);
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<String> broken(List<String> lines) {
    return lines.stream().map(ConsoleText::broken).toList();
  }

  private static void addFinding(List<String> lines, ReportModel comparison) {
    lines.add("");
    lines.add(comparison.finding().sentence());
    Stream.of(comparison.finding().detail(), comparison.finding().certainty())
        .filter(s -> !s.isEmpty())
        .forEach(lines::add);
  }

  /** Each once, though several runs may have it. */
  private static void addWarnings(List<String> lines, ReportModel comparison) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (ReportedRun entry : comparison.entries()) {
      for (String warning : entry.run().validity().warnings()) {
        names.computeIfAbsent(warning, unseen -> new ArrayList<>()).add(entry.name());
      }
    }
    if (!names.isEmpty() || !comparison.cautions().isEmpty()) {
      lines.add("");
    }
    lines.addAll(comparison.cautions());
    names.forEach(
        (warning, runs) -> lines.add("Warning, " + String.join(" and ", runs) + ": " + warning));
  }

  private static void addThresholds(List<String> lines, ReportModel comparison) {
    for (ReportedRun entry : comparison.entries()) {
      for (SloVerdict slo : entry.thresholds()) {
        lines.add(
            Mark.of(slo).sign()
                + " "
                + entry.name()
                + " "
                + slo.expression()
                + ReportedRun.where(slo)
                + ": "
                + slo.observed()
                + (slo.gate() ? "" : " (a question, no gate)"));
      }
    }
    for (RoundTripAnswer answer : comparison.answers()) {
      lines.add(
          Mark.of(answer).sign()
              + " "
              + answer.entry().name()
              + " "
              + RoundTripAnswer.QUESTION
              + " "
              + answer.text());
    }
  }

  private static void addTable(List<String> lines, PhaseComparison phase) {
    lines.add("");
    TextTable table = new TextTable();
    List<String> head = new ArrayList<>(List.of(phase.title(), ""));
    head.addAll(Percentile.labels());
    head.add("p50 ÷ best");
    table.add(head);
    for (Series series : TABLED) {
      String name = words(series);
      for (PhaseComparison.Row row : phase.rows(series)) {
        List<String> cells = new ArrayList<>(List.of(name, row.entry().nameWithLabels()));
        var values = row.distribution().percentiles().values().values();
        values.forEach(value -> cells.add(cell(value)));
        cells.add(row.ratio().brief());
        table.add(cells);
        if (series == phase.headlineSeries()) {
          List<String> ranges = new ArrayList<>(List.of("", ""));
          values.forEach(value -> ranges.add(range(value)));
          ranges.add(row.ratio().range());
          if (ranges.stream().anyMatch(range -> !range.isEmpty())) {
            table.add(ranges);
          }
        }
        name = "";
      }
    }
    int last = head.indexOf(Percentile.P99_9.label());
    List<String> left = table.narrow(ConsoleText.WIDTH, List.of(last, last - 1, last - 2));
    lines.addAll(table.lines());
    if (!left.isEmpty()) {
      lines.add("The page also has " + String.join(" and ", left) + ".");
    }
  }

  private static String cell(PercentileValue value) {
    return value instanceof PercentileValue.TooFewSamples ? "–" : value.brief();
  }

  private static String range(PercentileValue value) {
    return value.hasWideInterval() ? value.interval().text() : "";
  }

  private static String words(Series series) {
    return switch (series) {
      case RESPONSE -> "response";
      case LAST_DELIVERY -> "last delivery";
      case SERVICE -> "service";
      case SEND_DELAY -> "send delay";
      case READ_LAG -> "read lag (load)";
      case HICCUP -> "hiccup (load)";
      case FIRST_DELIVERY -> "first delivery";
      case SKEW -> "skew";
      case TLS_HANDSHAKE -> "TLS handshake";
      case RECONNECT -> "reconnect";
      case SAME_NODE -> "same node";
      case OTHER_NODE -> "other node";
      case SUBSCRIBER_P50 -> "p50 of each subscriber";
      case SUBSCRIBER_P99 -> "p99 of each subscriber";
    };
  }

  private static void addRates(List<String> lines, ReportModel comparison) {
    lines.add("");
    for (PhaseComparison phase : comparison.phases()) {
      String achieved =
          phase.results().stream()
              .map(r -> r.entry().name() + " " + UnitFormat.rate(r.result().achievedPerSecond()))
              .collect(Collectors.joining(", "));
      lines.add(
          phase.phase().name()
              + ": offered "
              + UnitFormat.rate(phase.phase().ratePerSecond())
              + ", achieved "
              + achieved);
      phase.results().forEach(result -> addCrossed(lines, phase, result));
    }
  }

  private static void addCrossed(
      List<String> lines, PhaseComparison phase, PhaseComparison.Result result) {
    Usage load = result.result().load();
    Double crossed = load == null ? null : load.counters().get(PhaseResult.OTHER_NODE_DELIVERIES);
    if (crossed != null) {
      lines.add(
          "%s: %s of %s deliveries of %s went from one node to another"
              .formatted(
                  phase.phase().name(),
                  UnitFormat.count(crossed.longValue()),
                  UnitFormat.count(result.result().deliveryCount().delivered()),
                  result.entry().name()));
    }
  }

  private static void addCounts(List<String> lines, ReportModel comparison) {
    lines.add("");
    for (DeliveryTotal accounted : comparison.accounted()) {
      Validity validity = accounted.entry().run().validity();
      lines.add(accounted.entry().name() + ": " + validity.verdict() + ", " + accounted.text());
      validity.reasons().forEach(r -> lines.add("  " + r));
    }
  }

  private static void addCpu(List<String> lines, ReportModel comparison) {
    String costs =
        comparison.headlineCpu().stream()
            .map(ConsoleSummary::words)
            .collect(Collectors.joining(", "));
    comparison.headlineCpu().stream()
        .findFirst()
        .ifPresent(
            c ->
                lines.add(
                    "CPU for each delivery at fan-out "
                        + UnitFormat.count(c.phase().fanOut())
                        + ": "
                        + costs));
  }

  private static void addIdle(List<String> lines, ReportModel comparison) {
    for (IdleCost cost : comparison.idle()) {
      lines.add(
          cost.entry().name()
              + ", "
              + cost.connections()
              + " idle connections: "
              + cost.bytesText()
              + " each, CPU "
              + cost.cpuText()
              + " each per second, "
              + cost.openedText()
              + " connects"
              + (cost.socketBytes().isEmpty()
                  ? ""
                  : ", kernel " + IdleCost.bytes(cost.socketBytes()) + " each")
              + (cost.lost() == 0 ? "" : ", " + UnitFormat.count(cost.lost()) + " lost"));
    }
    for (ReportedRun entry : comparison.entries()) {
      OptionalDouble further = IdleCost.furtherBytes(comparison.idle(), entry);
      if (further.isPresent()) {
        lines.add(
            entry.name() + ": " + IdleCost.bytes(further) + " for each further idle connection");
      }
    }
  }

  private static String words(CpuCost cost) {
    String time = cost.entry().name() + " " + UnitFormat.time(cost.nanosPerDelivery());
    return cost.overFloor().known() ? time + " (" + cost.overFloor().text() + " the floor)" : time;
  }
}
