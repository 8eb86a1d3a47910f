package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.jmh.JmhFile;
import dev.fanbench.reports.jmh.JmhMetric;
import dev.fanbench.reports.jmh.JmhRatio;
import dev.fanbench.reports.jmh.JmhResult;
import dev.fanbench.reports.markup.Markup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Files of JMH's results, a table for each benchmark. */
final class MicrobenchmarkSection {

  private MicrobenchmarkSection() {}

  static Markup of(List<JmhFile> files) {
    if (files.isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        """
        <section id="jmh">
        <h2>What single steps cost</h2>
        <p>Microbenchmarks, as JMH wrote them: the mean and half of its 99.9 % interval. They say nothing about a whole \
        server or about latency. <em>CPU</em> is time on a processor of the thread that delivers, <em>allocated</em> \
        what all threads did. Ratios are of that CPU time, or of the score where there is none. They compare with the naive variant \
        (<code>CHANNEL_GROUP</code>, <code>ONE_AT_A_TIME</code>) and with the floor, one write of a finished frame to \
        each plain socket. Where the intervals overlap, no difference is shown.</p>
        {}</section>
        """,
        files.stream().map(MicrobenchmarkSection::file).collect(Markup.joining()));
  }

  private static Markup file(JmhFile file) {
    Map<String, List<JmhResult>> benchmarks =
        file.results().stream()
            .collect(
                Collectors.groupingBy(
                    result -> result.name() + ", " + result.mode(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return Markup.of(
        "<p><code>{}</code>, forks × iterations × time: {}. The file does not say where and when it was measured.</p>\n{}",
        file.name(),
        file.results().stream()
            .map(JmhResult::conditions)
            .distinct()
            .collect(Collectors.joining("; ")),
        benchmarks.entrySet().stream()
            .map(each -> table(file, each.getKey(), each.getValue()))
            .collect(Markup.joining()));
  }

  private static Markup table(JmhFile file, String name, List<JmhResult> results) {
    Map<String, String> shared = shared(results);
    String caption = shared.isEmpty() ? name : name + ", " + words(shared);
    List<Column> columns =
        columns(file).stream()
            .filter(column -> results.stream().anyMatch(r -> column.cell.apply(r).isPresent()))
            .toList();
    Markup content =
        Markup.of(
            """
            <caption>{}</caption>
            <thead><tr><th scope="col">parameters</th>{}</tr></thead>
            <tbody>{}</tbody>""",
            caption,
            columns.stream()
                .map(column -> Markup.of("<th scope=\"col\">{}</th>", column.head))
                .collect(Markup.joining()),
            results.stream()
                .map(result -> line(result, shared, columns))
                .collect(Markup.joining()));
    return Table.of("dense", caption, content);
  }

  /** Parameters that are the same in all of several results. */
  private static Map<String, String> shared(List<JmhResult> results) {
    Map<String, String> shared = new TreeMap<>();
    if (results.size() > 1) {
      shared.putAll(results.get(0).parameters());
      results.forEach(result -> shared.entrySet().retainAll(result.parameters().entrySet()));
    }
    return shared;
  }

  private static Markup line(JmhResult result, Map<String, String> shared, List<Column> columns) {
    Map<String, String> own = new TreeMap<>(result.parameters());
    own.keySet().removeAll(shared.keySet());
    return Markup.of(
        "<tr><th scope=\"row\">{}</th>{}</tr>\n",
        own.isEmpty() ? "none" : words(own),
        columns.stream()
            .map(column -> Markup.of("<td>{}</td>", column.cell.apply(result).orElse(DASH)))
            .collect(Markup.joining()));
  }

  private static String words(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(", "));
  }

  private static final Markup DASH = Markup.of("–");

  private static List<Column> columns(JmhFile file) {
    return List.of(
        new Column("score", result -> Optional.of(figure(result.score()))),
        new Column("elapsed a delivery", of(JmhResult::elapsedPerDelivery)),
        new Column("CPU a delivery", of(JmhResult::cpuPerDelivery)),
        new Column("allocated a delivery", of(JmhResult::allocatedPerDelivery)),
        new Column("÷ naive", result -> file.toNaive(result).map(MicrobenchmarkSection::ratio)),
        new Column("÷ floor", result -> file.toFloor(result).map(MicrobenchmarkSection::ratio)));
  }

  /** A column; a cell without a figure is empty. */
  private record Column(String head, Function<JmhResult, Optional<Markup>> cell) {}

  private static Function<JmhResult, Optional<Markup>> of(
      Function<JmhResult, Optional<JmhMetric>> metric) {
    return result -> metric.apply(result).map(MicrobenchmarkSection::figure);
  }

  private static Markup figure(JmhMetric metric) {
    String unit = metric.unit().replace("/op", "").replace("/delivery", "");
    return Markup.of(
        "{} {}<small>± {}</small>", number(metric.score()), unit, number(metric.error()));
  }

  /** As JMH's console rounds it, with all its digits behind it. */
  private static Markup number(double value) {
    if (Double.isNaN(value)) {
      return Markup.of("unknown");
    }
    boolean tiny = value != 0 && Math.abs(value) < 0.001;
    return Markup.of(
        "<data value=\"{}\">{}</data>",
        value,
        String.format(Locale.ROOT, tiny ? "%.1e" : "%,.3f", value));
  }

  private static Markup ratio(JmhRatio ratio) {
    return ratio.differs()
        ? Markup.of("<strong>{}</strong>", UnitFormat.ratio(ratio.ratio()))
        : Markup.of(
            "{}<small>{}</small>",
            UnitFormat.ratio(ratio.ratio()),
            ratio.known() ? "overlap" : "no interval");
  }
}
