package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A figure of one phase that two sides are compared by. */
public sealed interface Metric {

  /** The texts that {@link #parse} takes. */
  String ALLOWED =
      "rank.series@phase such as p50.lastDelivery@fanout-1000, or cpu@phase; series are response"
          + " (connect, echo, chat), firstDelivery, lastDelivery and skew (fan-out)";

  /** The phase it is read in. */
  String phase();

  /** As {@link #parse} takes it. */
  String expression();

  /**
   * A percentile of a series whose samples are arrivals, and so independent of each other.
   *
   * @param rank which percentile
   * @param series which series
   * @param phase the phase's name
   */
  record Latency(Percentile rank, Series series, String phase) implements Metric {
    @Override
    public String expression() {
      return rank.label() + "." + series.label() + "@" + phase;
    }
  }

  /**
   * On-CPU time of the target for each delivery.
   *
   * @param phase the phase's name
   */
  record Cpu(String phase) implements Metric {
    @Override
    public String expression() {
      return "cpu@" + phase;
    }
  }

  /**
   * Refuses a workload without it, which would be measured in vain.
   *
   * @throws IllegalArgumentException naming what these phases have
   */
  default void requireIn(List<Phase> phases) {
    if (phases.stream().noneMatch(this::isOf)) {
      String known =
          phases.stream()
              .map(each -> headline(each).expression())
              .collect(Collectors.joining(", "));
      throw refusal(expression(), "of a phase that is measured, such as " + known);
    }
  }

  private boolean isOf(Phase measured) {
    return measured.name().equals(phase())
        && (!(this instanceof Latency latency)
            || series(measured.kind()).contains(latency.series()));
  }

  /** Order of phases; the last one represents its run. */
  Comparator<Phase> BY_WEIGHT = Comparator.comparing(Phase::kind).thenComparing(Phase::fanOut);

  /** The main figure of a phase: its p50, of the last delivery where there is one. */
  static Latency headline(Phase phase) {
    return new Latency(Percentile.P50, series(phase.kind()).get(0), phase.name());
  }

  /** Series of this kind of phase that can be compared, the headline's first. */
  static List<Series> series(PhaseKind kind) {
    return kind == PhaseKind.FANOUT
        ? List.of(Series.LAST_DELIVERY, Series.FIRST_DELIVERY, Series.SKEW)
        : List.of(Series.RESPONSE);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is none; the message says what is allowed
   */
  static Metric parse(String expression) {
    Matcher parts =
        Pattern.compile(
                "(?:(?<cpu>cpu)|(?<rank>[^.]+(?:\\.9)?)\\.(?<series>[A-Za-z]+))@(?<phase>\\S+)")
            .matcher(expression.strip());
    if (!parts.matches()) {
      throw refusal(expression, ALLOWED);
    }
    if (parts.group("cpu") != null) {
      return new Cpu(parts.group("phase"));
    }
    return new Latency(
        rank(expression, parts.group("rank")),
        series(expression, parts.group("series")),
        parts.group("phase"));
  }

  private static Percentile rank(String expression, String label) {
    return Arrays.stream(Percentile.values())
        .filter(rank -> rank != Percentile.MAX && rank.label().equals(label))
        .findFirst()
        .orElseThrow(() -> refusal(expression, "a rank of p50, p90, p99 and p99.9"));
  }

  private static Series series(String expression, String label) {
    List<Series> known =
        Arrays.stream(PhaseKind.values())
            .flatMap(kind -> series(kind).stream())
            .distinct()
            .toList();
    return known.stream()
        .filter(series -> series.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                refusal(
                    expression,
                    "a series of "
                        + known.stream().map(Series::label).collect(Collectors.joining(", "))));
  }

  private static IllegalArgumentException refusal(String expression, String allowed) {
    return new IllegalArgumentException(
        "metric " + expression + " is not allowed; it is " + allowed + ".");
  }
}
