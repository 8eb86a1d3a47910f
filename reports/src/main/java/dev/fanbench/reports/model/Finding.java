package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.UnitFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The conclusion from the runs, in one sentence with details.
 *
 * @param sentence the finding, by p50 of the headline series
 * @param detail the same by p90
 * @param certainty how far one may trust it
 */
public record Finding(String sentence, String detail, String certainty) {

  /** Of more runs than these a sentence names the best and the worst. */
  private static final int MOST_NAMED = 4;

  /** Draws the finding from the headline phase. */
  static Finding of(
      List<ReportedRun> entries,
      Optional<PhaseComparison> headline,
      List<Recovery> recoveries,
      List<IdleCost> idle,
      List<PhaseComparison> phases,
      List<CpuCost> cpu) {
    List<ReportedRun> compared = entries.stream().filter(ReportedRun::compared).toList();
    if (compared.isEmpty()) {
      return nothing(entries);
    }
    if (headline.isEmpty() && idle.stream().anyMatch(cost -> cost.entry().compared())) {
      return new Finding(IdleCost.sentence(idle), "", "");
    }
    if (headline.isEmpty()) {
      return new Finding("The valid runs share no phase, so nothing is compared.", "", "");
    }
    PhaseComparison phase = headline.get();
    if (phase.phase().outage().any()) {
      return afterOutage(phase, recoveries);
    }
    Finding usual = ofHeadline(phase, certainty(compared.size()));
    return ScenarioFinding.of(phase, usual, entries, phases, cpu).orElse(usual);
  }

  private static Finding ofHeadline(PhaseComparison phase, String certainty) {
    List<PhaseComparison.Row> rows =
        phase.rows(phase.headlineSeries()).stream().filter(r -> r.entry().compared()).toList();
    String sentence = sentence(half(phase), rows, Percentile.P50, phase);
    String detail = sentence("Nine times in ten: within ", rows, Percentile.P90, phase);
    boolean known = rows.stream().allMatch(r -> shown(r, Percentile.P50));
    return new Finding(
        known ? sentence : "Too few samples for a percentile, so nothing is concluded.",
        known && rows.stream().allMatch(r -> bounded(r, Percentile.P90)) ? detail : "",
        certainty);
  }

  private static String certainty(int runs) {
    String each = runs == 1 ? "One run" : "One run each";
    return each + "; a range in brackets holds the true value in 99 of 100 cases.";
  }

  /** Of a phase that lost every connection: when they were all back, and what they missed. */
  private static Finding afterOutage(PhaseComparison phase, List<Recovery> recoveries) {
    List<Recovery> compared =
        recoveries.stream()
            .filter(each -> each.phase().equals(phase) && each.entry().compared())
            .sorted(Comparator.comparingDouble(r -> r.allBackNanos().orElse(Double.MAX_VALUE)))
            .toList();
    List<String> back = compared.stream().map(r -> back(r) + " " + where(r, compared)).toList();
    boolean any = compared.stream().anyMatch(r -> r.allBackNanos().isPresent());
    String all = any ? "all were back in their room " : "";
    List<String> missed =
        compared.stream().map(r -> r.missedAway() + " " + where(r, compared)).toList();
    return new Finding(
        "%s subscribers lost their connections at once; %s%s."
            .formatted(UnitFormat.count(phase.phase().subscribers()), all, joined(back)),
        "Deliveries to subscribers that were away: " + joined(missed) + ".",
        certainty(compared.size()));
  }

  private static String back(Recovery recovery) {
    return recovery.allBackNanos().isPresent()
        ? "after " + recovery.allBack()
        : recovery.allBack() + " by the end";
  }

  private static String where(Recovery recovery, List<Recovery> among) {
    return where(recovery.entry(), among.stream().map(Recovery::entry).toList());
  }

  /** The name of a run in a sentence that names others too. */
  static String where(ReportedRun run, List<ReportedRun> among) {
    boolean only = among.stream().filter(ReportedRun::inMemory).count() == 1;
    return run.inMemory() && only ? "in memory" : "on " + run.name();
  }

  private static Finding nothing(List<ReportedRun> entries) {
    List<ReportedRun> unusable = entries.stream().filter(e -> !e.reference()).toList();
    if (unusable.isEmpty()) {
      return new Finding("Only a floor was run: a reference, not a finding.", "", "");
    }
    String names =
        unusable.stream()
            .map(e -> e.name() + " is " + e.run().validity().verdict())
            .collect(Collectors.joining(", "));
    return new Finding("No valid run, so nothing is concluded: " + names + ".", "", "");
  }

  private static String half(PhaseComparison phase) {
    return switch (phase.phase().kind()) {
      case FANOUT ->
          phase.phase().fanOut() == 1
              ? "Half of the time the only subscriber saw the message within "
              : "Half of the time the last of "
                  + UnitFormat.count(phase.phase().fanOut())
                  + " subscribers saw the message within ";
      case CHAT -> "Half of the chat round trips were back within ";
      case ECHO -> "Half of the echo round trips were back within ";
      case CONNECT, IDLE -> "Half of the connections were open within ";
    };
  }

  /** Times of those that delivered so much, then those that did not. */
  private static String sentence(
      String opening, List<PhaseComparison.Row> rows, Percentile rank, PhaseComparison phase) {
    List<PhaseComparison.Row> delivered = rows.stream().filter(r -> !lost(r, rank)).toList();
    List<String> lost = rows.stream().filter(r -> lost(r, rank)).map(r -> where(r, rows)).toList();
    String times = delivered.isEmpty() ? "" : opening + listed(delivered, rank, phase);
    if (lost.isEmpty()) {
      return times + ".";
    }
    String share = rank == Percentile.P50 ? "half" : "a tenth";
    String missed =
        switch (phase.phase().kind()) {
          case FANOUT -> "of the messages did not reach every subscriber";
          case CHAT, ECHO -> "of the round trips were not answered";
          case CONNECT, IDLE -> "of the connections were not opened";
        };
    return "%s%s %s %s %s."
        .formatted(times, times.isEmpty() ? "Over" : "; over", share, missed, joined(lost));
  }

  private static boolean lost(PhaseComparison.Row row, Percentile rank) {
    return row.distribution().at(rank) instanceof PercentileValue.NotDelivered;
  }

  private static String where(PhaseComparison.Row row, List<PhaseComparison.Row> among) {
    return where(row.entry(), among.stream().map(PhaseComparison.Row::entry).toList());
  }

  private static boolean shown(PhaseComparison.Row row, Percentile rank) {
    return !(row.distribution().at(rank) instanceof PercentileValue.TooFewSamples);
  }

  /** Whether "within" can be said of it: a time without an upper end is within nothing. */
  private static boolean bounded(PhaseComparison.Row row, Percentile rank) {
    return shown(row, rank) && !row.distribution().at(rank).brief().startsWith("≥");
  }

  private static String listed(
      List<PhaseComparison.Row> rows, Percentile rank, PhaseComparison phase) {
    List<PhaseComparison.Row> sorted =
        rows.stream()
            .sorted(Comparator.comparingDouble(r -> order(r.distribution().at(rank))))
            .toList();
    List<String> parts = new ArrayList<>();
    for (PhaseComparison.Row row : sorted) {
      PercentileValue value = row.distribution().at(rank);
      String part = time(value) + " " + where(row, rows);
      List<String> notes = new ArrayList<>();
      if (sorted.size() > 2 && !parts.isEmpty()) {
        Ratio ratio = ratio(row, sorted.get(0), rank);
        notes.add(ratio.brief());
        Optional.of(ratio.range()).filter(range -> !range.isEmpty()).ifPresent(notes::add);
      }
      if (row.entry().assumedLatencies()) {
        notes.add("latencies assumed");
      }
      parts.add(notes.isEmpty() ? part : part + " (" + String.join(", ", notes) + ")");
    }
    if (parts.size() > MOST_NAMED) {
      List<String> ends = List.of(parts.get(0), parts.get(parts.size() - 1));
      return joined(ends) + ", with " + (parts.size() - 2) + " others between";
    }
    String list = joined(parts);
    if (sorted.size() != 2) {
      return list;
    }
    return list + apart(ratio(sorted.get(1), sorted.get(0), rank), phase);
  }

  /** Without its interval, which is in the table; the sentence has those of the ratios. */
  static String time(PercentileValue value) {
    return value.hasWideInterval() ? value.brief() : value.text();
  }

  /** The ratio of medians is that of the table. */
  private static Ratio ratio(PhaseComparison.Row row, PhaseComparison.Row best, Percentile rank) {
    return rank == Percentile.P50
        ? row.ratio()
        : Ratio.of(row.distribution().at(rank), best.distribution().at(rank));
  }

  private static String apart(Ratio ratio, PhaseComparison phase) {
    if (!ratio.known() || Double.isInfinite(ratio.value())) {
      return "";
    }
    if (!ratio.exceedsOne()) {
      return ", a difference too small for this run to show";
    }
    return switch (phase.phase().kind()) {
      case FANOUT -> ": " + ratio.text() + " later";
      case CHAT, ECHO, CONNECT, IDLE -> ": " + ratio.text() + " longer";
    };
  }

  private static double order(PercentileValue value) {
    return value instanceof PercentileValue.Time time ? time.nanos() : Double.POSITIVE_INFINITY;
  }

  /** Parts with commas and an "and" before the last. */
  static String joined(List<String> parts) {
    int last = parts.size() - 1;
    return last == 0
        ? parts.get(0)
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }
}
