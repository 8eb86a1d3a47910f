package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileTable;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.PhaseComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Percentiles of one phase to the digit, one block of lines for each series. */
final class LatencyTable {

  private LatencyTable() {}

  /** Every series, for the headline. */
  static Markup whole(PhaseComparison phase) {
    return of(
        phase,
        Stream.of(
            Series.LAST_DELIVERY,
            Series.FIRST_DELIVERY,
            Series.SKEW,
            Series.RESPONSE,
            Series.SAME_NODE,
            Series.OTHER_NODE,
            Series.SUBSCRIBER_P50,
            Series.SUBSCRIBER_P99,
            Series.SERVICE,
            Series.SEND_DELAY,
            Series.READ_LAG,
            Series.HICCUP));
  }

  /** The series that say what the target did and that the load kept its schedule. */
  static Markup brief(PhaseComparison phase) {
    return of(
        phase,
        Stream.of(
            Series.LAST_DELIVERY,
            Series.RESPONSE,
            Series.SAME_NODE,
            Series.OTHER_NODE,
            Series.SERVICE,
            Series.TLS_HANDSHAKE,
            Series.SEND_DELAY));
  }

  private static Markup of(PhaseComparison phase, Stream<Series> series) {
    Markup body =
        series
            .filter(s -> !phase.rows(s).isEmpty())
            .map(s -> block(phase, s))
            .collect(Markup.joining());
    Markup content =
        Markup.of(
            """
        <caption>{}</caption>
        <thead><tr><th scope="col">series</th><th scope="col">run</th>{}\
        <th scope="col">samples</th><th scope="col">p50 ÷ best</th></tr></thead>
        {}""",
            phase.title(),
            Stream.of(Percentile.values()).map(LatencyTable::head).collect(Markup.joining()),
            body);
    return Table.of("latency", phase.title(), content);
  }

  /** A rank, and the number of independent samples without which its cells have a dash. */
  private static Markup head(Percentile rank) {
    long needed = rank.samplesNeeded();
    return Markup.of(
        "<th scope=\"col\">{}{}</th>",
        rank.label(),
        small(needed == 1 ? "" : "of ≥ " + UnitFormat.count(needed)));
  }

  private static Markup block(PhaseComparison phase, Series series) {
    List<PhaseComparison.Row> rows = phase.rows(series);
    Markup first =
        Markup.of(
            "<th scope=\"rowgroup\" rowspan=\"{}\">{}<small>{}</small></th>",
            rows.size(),
            name(series),
            meaning(phase, series));
    List<Markup> lines = new ArrayList<>();
    for (PhaseComparison.Row row : rows) {
      lines.add(
          line(lines.isEmpty() ? first : Markup.EMPTY, row, series == phase.headlineSeries()));
    }
    return Markup.of(
        "<tbody{}>{}</tbody>\n",
        series == phase.headlineSeries() ? Markup.of(" class=\"headline\"") : Markup.EMPTY,
        lines.stream().collect(Markup.joining()));
  }

  private static Markup line(Markup first, PhaseComparison.Row row, boolean headline) {
    Markup cells =
        row.distribution().percentiles().values().values().stream()
            .map(value -> cell(row.distribution().percentiles(), value))
            .collect(Markup.joining());
    return Markup.of(
        "<tr>{}<th scope=\"row\">{}{}</th>{}<td>{}</td><td>{}{}</td></tr>\n",
        first,
        row.entry().name(),
        headline ? RunLabel.of(row.entry()) : RunLabel.verdict(row.entry()),
        cells,
        samples(row.distribution().percentiles()),
        row.ratio().brief(),
        small(row.ratio().range()));
  }

  /** Samples, and in how many independent ones they come when those are fewer. */
  private static String samples(PercentileTable percentiles) {
    String all = UnitFormat.count(percentiles.samples());
    return percentiles.samples() == percentiles.independent()
        ? all
        : all + " in " + UnitFormat.count(percentiles.independent());
  }

  /** The same as a cell of any table, unless the line and the head tell how few samples it has. */
  private static Markup cell(PercentileTable percentiles, PercentileValue value) {
    return value instanceof PercentileValue.TooFewSamples few
            && few.samples() == percentiles.independent()
        ? Table.unknown()
        : cell(value);
  }

  /** The value at one rank; a dash when there are too few samples. */
  static Markup cell(PercentileValue value) {
    if (value instanceof PercentileValue.TooFewSamples) {
      return Markup.of("<td class=\"quiet\" title=\"{}\">–</td>", value.text());
    }
    String style = value instanceof PercentileValue.NotDelivered ? "bad" : "";
    String interval = value.hasWideInterval() ? value.interval().text() : "";
    return Table.cell(style, Markup.of("{}{}", value.brief(), small(interval)));
  }

  private static Markup small(String text) {
    return text.isEmpty() ? Markup.EMPTY : Markup.of("<small>{}</small>", text);
  }

  /** A series, in words. */
  static String name(Series series) {
    return switch (series) {
      case LAST_DELIVERY -> "time to last delivery";
      case FIRST_DELIVERY -> "time to first delivery";
      case SKEW -> "skew";
      case RESPONSE -> "response time";
      case SERVICE -> "service time";
      case SEND_DELAY -> "send delay";
      case TLS_HANDSHAKE -> "TLS handshake";
      case RECONNECT -> "reconnect";
      case SAME_NODE -> "response, same node";
      case OTHER_NODE -> "response, other node";
      case SUBSCRIBER_P50 -> "each subscriber’s p50";
      case SUBSCRIBER_P99 -> "each subscriber’s p99";
      case READ_LAG -> "read lag";
      case HICCUP -> "hiccup";
    };
  }

  private static String meaning(PhaseComparison phase, Series series) {
    String each = phase.phase().kind() == PhaseKind.FANOUT ? "each delivery, " : "";
    return switch (series) {
      case LAST_DELIVERY, FIRST_DELIVERY -> "from the intended time";
      case SKEW -> "last − first delivery";
      case RESPONSE -> each + "from the intended time";
      case SERVICE -> each + "from the real send";
      case SEND_DELAY -> "the load’s own slip";
      case TLS_HANDSHAKE -> "a part of service time, after TCP";
      case RECONNECT -> "from the loss of the connection";
      case SAME_NODE -> "deliveries to members of the publisher’s node";
      case OTHER_NODE -> "deliveries that went to another node";
      case SUBSCRIBER_P50, SUBSCRIBER_P99 -> "of its own response times, by subscriber";
      case READ_LAG -> "the longest wait in the load before the read";
      case HICCUP -> "the load’s own stalls";
    };
  }
}
