package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Cost of the settings of one run in one fan-out phase, beside runs of the same kind of target that
 * have others.
 *
 * @param row the run and its times to last delivery
 * @param phase the phase as offered
 * @param settings those that are not as in most of these runs, {@code broadcast=serial, stale=0.1}
 * @param storeCalls calls to the store per publication; empty when the target did not count them
 * @param gone posts per publication that found a member gone; empty likewise
 * @param deliveryCount the phase's deliveries by outcome
 */
public record SettingCost(
    PhaseComparison.Row row,
    PhaseComparison phase,
    String settings,
    OptionalDouble storeCalls,
    OptionalDouble gone,
    DeliveryCount deliveryCount) {

  /** Settings that are words about the others. */
  private static final Set<String> DERIVED = Set.of("JVM arguments", "arguments");

  /** One for each fan-out phase and run; none when no two runs of a kind differ in settings. */
  static List<SettingCost> of(List<PhaseComparison> phases) {
    List<SettingCost> costs = new ArrayList<>();
    for (PhaseComparison phase : phases) {
      if (phase.phase().kind() == PhaseKind.FANOUT) {
        phase.results().stream()
            .collect(Collectors.groupingBy(SettingCost::program))
            .values()
            .forEach(kind -> costs.addAll(of(phase, kind)));
      }
    }
    return costs;
  }

  /**
   * The kind of a target, and its command: two servers of other projects have no settings alike.
   */
  private static List<String> program(PhaseComparison.Result result) {
    return List.of(
        result.entry().run().target().kind(), settings(result.entry()).getOrDefault("command", ""));
  }

  private static List<SettingCost> of(PhaseComparison phase, List<PhaseComparison.Result> kind) {
    List<Map<String, String>> all = kind.stream().map(r -> settings(r.entry())).toList();
    Set<String> differing = differing(all);
    return differing.isEmpty()
        ? List.of()
        : kind.stream()
            .flatMap(
                result ->
                    phase.row(Series.LAST_DELIVERY, result.entry()).stream()
                        .map(row -> of(phase, row, result, differing, all)))
            .toList();
  }

  private static SettingCost of(
      PhaseComparison phase,
      PhaseComparison.Row row,
      PhaseComparison.Result result,
      Set<String> differing,
      List<Map<String, String>> all) {
    Map<String, String> settings = settings(result.entry());
    String own =
        differing.stream()
            .filter(key -> !isUsual(settings.get(key), key, all))
            .map(key -> key + "=" + settings.getOrDefault(key, ""))
            .collect(Collectors.joining(", "));
    return new SettingCost(
        row,
        phase,
        own.isEmpty() ? "as most" : own,
        perPublication(result.result(), MeteredUsage::isStoreCall),
        perPublication(result.result(), name -> name.equals("posts.gone")),
        result.result().deliveryCount());
  }

  /** True when more runs have this value than any other. */
  private static boolean isUsual(String value, String key, List<Map<String, String>> all) {
    Map<String, Long> runs =
        all.stream()
            .collect(Collectors.groupingBy(s -> s.getOrDefault(key, ""), Collectors.counting()));
    long with = runs.getOrDefault(value == null ? "" : value, 0L);
    return runs.values().stream().filter(count -> count >= with).count() == 1;
  }

  private static Map<String, String> settings(ReportedRun entry) {
    return entry.run().target().settings();
  }

  private static Set<String> differing(List<Map<String, String>> all) {
    Set<String> keys = new TreeSet<>();
    all.forEach(settings -> keys.addAll(settings.keySet()));
    keys.removeAll(DERIVED);
    keys.removeIf(key -> all.stream().map(s -> s.get(key)).distinct().count() == 1);
    return keys;
  }

  private static OptionalDouble perPublication(PhaseResult result, Predicate<String> counter) {
    Usage target = result.target();
    long sent = result.deliveryCount().sent();
    if (target == null || sent == 0 || target.counters().keySet().stream().noneMatch(counter)) {
      return OptionalDouble.empty();
    }
    double calls =
        target.counters().entrySet().stream()
            .filter(each -> counter.test(each.getKey()))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    return OptionalDouble.of(calls / sent);
  }

  /** Half, or nine tenths, of the publications were with their last subscriber by then. */
  public String lastDelivery(Percentile rank) {
    PercentileValue value = row.distribution().at(rank);
    return value instanceof PercentileValue.TooFewSamples ? "–" : value.text();
  }

  /** Deliveries that never came, as a count and a share of those expected. */
  public String lost() {
    return deliveryCount.missing() == 0
        ? "0"
        : "%s of %s (%s)"
            .formatted(
                UnitFormat.count(deliveryCount.missing()),
                UnitFormat.count(deliveryCount.expected()),
                UnitFormat.percent((double) deliveryCount.missing() / deliveryCount.expected()));
  }

  /** A count per publication, or a dash where there is no counter. */
  public static String text(OptionalDouble perPublication) {
    return perPublication.isPresent() ? UnitFormat.mean(perPublication.getAsDouble()) : "–";
  }
}
