package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.price.Billing;
import dev.fanbench.reports.price.BreakEven;
import dev.fanbench.reports.price.DurableObject;
import dev.fanbench.reports.price.PaidByUse;
import dev.fanbench.reports.price.Rented;
import dev.fanbench.target.TargetKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Monthly bills against deliveries a second, and where they meet.
 *
 * @param costs one for each run that has a price
 * @param crossings where a design that is paid by use stops being the cheaper
 */
public record BillComparison(List<Cost> costs, List<Crossing> crossings) {

  /** Connections that are open all month: none, and a thousand. */
  public static final List<Integer> CONNECTIONS = List.of(0, 1_000);

  /** Connections of the bills that are drawn strong. */
  public static final int MOST_CONNECTIONS = CONNECTIONS.get(CONNECTIONS.size() - 1);

  /** The rates at which bills are drawn and told, deliveries a second. */
  public static final List<Double> RATES =
      List.of(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 1e4);

  /**
   * The rate at which two designs cost the same.
   *
   * @param used the run that is paid by use
   * @param rented the run that is paid by the month: a machine, or a plan
   * @param connections open all month
   * @param breakEven empty when one is the cheaper at every rate
   */
  public record Crossing(Cost used, Cost rented, int connections, Optional<BreakEven> breakEven) {

    /** True for the one with the most connections, which a chart marks. */
    public boolean marked() {
      return connections == MOST_CONNECTIONS;
    }

    /** The cheaper design below and above the break-even. */
    public String sentence() {
      return breakEven
          .map(
              at ->
                  "Below %s (deliveries, day and night, %s) %s is cheaper than %s, above it dearer."
                      .formatted(at.text(), open(), used.entry().name(), rented.entry().name()))
          .orElseGet(this::everywhere);
    }

    private String everywhere() {
      double rate = RATES.get(0);
      boolean first =
          used.billing().monthly(rate, connections).total()
              < rented.billing().monthly(rate, connections).total();
      return "At every rate %s is cheaper than %s (%s)."
          .formatted(
              (first ? used : rented).entry().name(),
              (first ? rented : used).entry().name(),
              open());
    }

    /** The calculation; empty where the bills never meet. */
    public Optional<String> formula() {
      return breakEven.map(at -> "%s, %s: %s".formatted(used.entry().name(), open(), at.formula()));
    }

    /** Connections that are open all month, in words. */
    public String open() {
      return connections == 0
          ? "without connection-minutes"
          : "with " + UnitFormat.count(connections) + " connections open";
    }
  }

  static BillComparison of(List<Cost> costs) {
    List<Crossing> crossings = new ArrayList<>();
    Optional<Cost> machine = first(costs, Rented.class);
    Optional<Cost> object = first(costs, DurableObject.class);
    for (Cost cost : costs) {
      if (cost.billing() instanceof PaidByUse) {
        machine.ifPresent(rented -> crossings.addAll(between(cost, rented)));
        object.ifPresent(plan -> crossings.addAll(between(cost, plan)));
      }
      if (cost.billing() instanceof DurableObject) {
        machine.ifPresent(rented -> crossings.addAll(between(cost, rented)));
      }
    }
    return new BillComparison(List.copyOf(costs), List.copyOf(crossings));
  }

  private static Optional<Cost> first(List<Cost> costs, Class<? extends Billing> way) {
    return costs.stream().filter(cost -> way.isInstance(cost.billing())).findFirst();
  }

  private static List<Crossing> between(Cost used, Cost rented) {
    return CONNECTIONS.stream()
        .map(
            connections ->
                new Crossing(
                    used,
                    rented,
                    connections,
                    BreakEven.between(used.billing(), rented.billing(), connections)))
        .toList();
  }

  /**
   * The marked crossings without those of a second run of the same design, which say about the
   * same.
   */
  List<Crossing> markedByDesign() {
    Map<List<TargetKind>, Crossing> first = new LinkedHashMap<>();
    crossings.stream()
        .filter(Crossing::marked)
        .forEach(
            each ->
                first.putIfAbsent(
                    List.of(each.used().entry().design(), each.rented().entry().design()), each));
    return List.copyOf(first.values());
  }
}
