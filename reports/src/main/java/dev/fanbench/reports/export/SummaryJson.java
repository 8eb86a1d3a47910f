package dev.fanbench.reports.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileInterval;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.reports.model.BillComparison;
import dev.fanbench.reports.model.Cost;
import dev.fanbench.reports.model.CpuCost;
import dev.fanbench.reports.model.DeliveryTotal;
import dev.fanbench.reports.model.FanOutLine;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.Ratio;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import dev.fanbench.reports.model.RoundTripAnswer;
import dev.fanbench.reports.model.Sensitivity;
import dev.fanbench.reports.model.SettingCost;
import dev.fanbench.reports.price.Bill;

/**
 * {@code summary.json}: what the page says, for scripts.
 *
 * <p>A time is an object with {@code nanos} and the {@code text} that the page shows; where there
 * is no value, {@code nanos} is null and {@code text} says why. Fields are only ever added.
 */
public final class SummaryJson {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private SummaryJson() {}

  /** The whole file. */
  public static String of(ReportModel comparison) {
    ObjectNode root = JSON.createObjectNode().put("schemaVersion", 1);
    root.set("finding", finding(comparison));
    comparison.headline().ifPresent(h -> root.put("headlinePhase", h.phase().name()));
    ArrayNode runs = root.putArray("runs");
    comparison.accounted().forEach(a -> runs.add(run(a)));
    ArrayNode answers = root.putArray("answers");
    comparison.answers().forEach(a -> answers.add(answer(a)));
    ArrayNode phases = root.putArray("phases");
    comparison.phases().forEach(p -> phases.add(phase(p)));
    root.setAll(figures(comparison));
    ArrayNode conditions = root.putArray("conditions");
    for (Sensitivity condition : comparison.conditions()) {
      conditions.addObject().put("what", condition.what()).put("text", condition.sentence());
    }
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values cannot be written", e);
    }
  }

  /** The part that the page's charts draw, which the page carries too. */
  public static ObjectNode figures(ReportModel comparison) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode fanOut = root.putArray("fanOut");
    comparison.fanOut().forEach(l -> fanOut.add(line(l)));
    ArrayNode cpu = root.putArray("cpuPerDelivery");
    comparison.cpu().forEach(c -> cpu.add(cpu(c)));
    ArrayNode settings = root.putArray("settings");
    comparison.settings().forEach(s -> settings.add(setting(s)));
    ArrayNode costs = root.putArray("costPerMillionDeliveries");
    ArrayNode bills = root.putArray("monthlyBills");
    for (Cost cost : comparison.bills().costs()) {
      costs.add(cost(cost, comparison));
      BillComparison.CONNECTIONS.forEach(connections -> bills.add(bill(cost, connections)));
    }
    ArrayNode breakEvens = root.putArray("breakEvens");
    comparison.bills().crossings().forEach(c -> breakEvens.add(breakEven(c)));
    return root;
  }

  private static ObjectNode finding(ReportModel comparison) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("sentence", comparison.finding().sentence())
            .put("detail", comparison.finding().detail())
            .put("certainty", comparison.finding().certainty());
    ArrayNode cautions = node.putArray("cautions");
    comparison.cautions().forEach(cautions::add);
    return node;
  }

  private static ObjectNode run(DeliveryTotal accounted) {
    ReportedRun entry = accounted.entry();
    ObjectNode node =
        JSON.createObjectNode()
            .put("name", entry.name())
            .put("id", entry.run().id())
            .put("kind", entry.run().target().kind())
            .put("verdict", entry.run().validity().verdict().name());
    ArrayNode reasons = node.putArray("reasons");
    entry.run().validity().reasons().forEach(reasons::add);
    ArrayNode warnings = node.putArray("warnings");
    entry.run().validity().warnings().forEach(warnings::add);
    ArrayNode modelled = node.putArray("modelled");
    entry.run().target().modelled().forEach(modelled::add);
    ArrayNode slos = node.putArray("slos");
    entry.run().slos().forEach(s -> slos.add(slo(s)));
    node.putObject("deliveries")
        .put("expected", accounted.expected())
        .put("delivered", accounted.delivered())
        .put("missing", accounted.missing())
        .put("missedAway", accounted.missedAway())
        .put("duplicates", accounted.duplicates())
        .put("outOfOrder", accounted.outOfOrder())
        .put("late", accounted.late())
        .put("unexpected", accounted.unexpected())
        .put("text", accounted.text());
    return node;
  }

  private static ObjectNode slo(SloVerdict slo) {
    return JSON.createObjectNode()
        .put("expression", slo.expression())
        .put("phase", slo.phase())
        .put("gate", slo.gate())
        .put("held", slo.held())
        .put("decision", slo.decision().word())
        .put("observed", slo.observed());
  }

  private static ObjectNode answer(RoundTripAnswer answer) {
    return JSON.createObjectNode()
        .put("question", RoundTripAnswer.QUESTION)
        .put("run", answer.entry().name())
        .put("known", answer.known())
        .put("holds", answer.holds())
        .put("text", answer.text());
  }

  private static ObjectNode phase(PhaseComparison phase) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("name", phase.phase().name())
            .put("kind", phase.phase().kind().name())
            .put("fanOut", phase.phase().fanOut())
            .put("offeredPerSecond", phase.phase().ratePerSecond());
    ArrayNode achieved = node.putArray("achieved");
    phase
        .results()
        .forEach(
            r ->
                achieved
                    .addObject()
                    .put("run", r.entry().name())
                    .put("perSecond", r.result().achievedPerSecond()));
    ObjectNode series = node.putObject("series");
    phase
        .rows()
        .forEach(
            (which, rows) -> {
              ArrayNode lines = series.putArray(which.label());
              rows.forEach(r -> lines.add(row(r)));
            });
    return node;
  }

  private static ObjectNode row(PhaseComparison.Row row) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("run", row.entry().name())
            .put("samples", row.distribution().percentiles().samples())
            .put("independent", row.distribution().percentiles().independent());
    for (Percentile rank : Percentile.values()) {
      node.set(rank.label(), quoted(row.distribution().at(rank)));
    }
    return putRatio(node, "ratio", row.ratio());
  }

  private static ObjectNode line(FanOutLine line) {
    ObjectNode node = JSON.createObjectNode().put("run", line.entry().name());
    ArrayNode points = node.putArray("lastDelivery");
    for (FanOutLine.Point point : line.points()) {
      ObjectNode at = points.addObject().put("fanOut", point.fanOut());
      at.set("p50", quoted(point.p50()));
      at.set("p90", quoted(point.p90()));
    }
    line.fit()
        .ifPresent(
            fit ->
                node.putObject("fit")
                    .put("fixedNanos", fit.fixedNanos())
                    .put("perSubscriberNanos", fit.perSubscriberNanos())
                    .put("worstResidual", fit.worstResidual())
                    .put("describes", fit.describes())
                    .put("text", line.law().orElse("")));
    return node;
  }

  private static ObjectNode cpu(CpuCost cost) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("run", cost.entry().name())
            .put("phase", cost.phase().name())
            .put("fanOut", cost.phase().fanOut())
            .put("nanosPerDelivery", cost.nanosPerDelivery());
    ObjectNode groups = node.putObject("nanosByGroup");
    cost.nanosByGroup().forEach(groups::put);
    return putRatio(node.put("source", cost.source()), "overFloor", cost.overFloor());
  }

  private static ObjectNode setting(SettingCost cost) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("run", cost.row().entry().name())
            .put("phase", cost.phase().phase().name())
            .put("differs", cost.settings());
    node.set("p50", quoted(cost.row().distribution().at(Percentile.P50)));
    node.set("p90", quoted(cost.row().distribution().at(Percentile.P90)));
    putRatio(node, "ratio", cost.row().ratio());
    cost.storeCalls().ifPresent(calls -> node.put("storeCallsPerPublication", calls));
    cost.gone().ifPresent(gone -> node.put("gonePerPublication", gone));
    return node.put("missing", cost.deliveryCount().missing()).put("lost", cost.lost());
  }

  private static ObjectNode cost(Cost cost, ReportModel comparison) {
    return JSON.createObjectNode()
        .put("run", cost.entry().name())
        .put("dollars", cost.dollarsPerMillion())
        .put("text", cost.text())
        .put("formula", cost.formula())
        .put("prices", comparison.prices().origin())
        .put("label", "computed from list prices, not billed");
  }

  private static ObjectNode bill(Cost cost, int connections) {
    ObjectNode node =
        JSON.createObjectNode().put("run", cost.entry().name()).put("connections", connections);
    ArrayNode rates = node.putArray("rates");
    for (double rate : BillComparison.RATES) {
      double dollars = cost.billing().monthly(rate, connections).total();
      rates
          .addObject()
          .put("deliveriesPerSecond", rate)
          .put("dollars", dollars)
          .put("text", Bill.dollars(dollars));
    }
    return node;
  }

  private static ObjectNode breakEven(BillComparison.Crossing crossing) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("run", crossing.used().entry().name())
            .put("against", crossing.rented().entry().name())
            .put("connections", crossing.connections());
    crossing
        .breakEven()
        .ifPresentOrElse(
            at -> node.put("deliveriesPerSecond", at.deliveriesPerSecond()),
            () -> node.putNull("deliveriesPerSecond"));
    crossing.formula().ifPresent(formula -> node.put("formula", formula));
    return node.put("text", crossing.sentence());
  }

  private static ObjectNode quoted(PercentileValue value) {
    ObjectNode node = JSON.createObjectNode();
    if (value instanceof PercentileValue.Time time) {
      node.put("nanos", time.nanos());
    } else {
      node.putNull("nanos");
    }
    node.put("text", value.text()).put("lowNanos", value.interval().lowNanos());
    if (value.interval().highNanos() == PercentileInterval.NONE) {
      return node.putNull("highNanos");
    }
    return node.put("highNanos", value.interval().highNanos());
  }

  /** JSON has no infinity: a ratio without a finite value is null and explained by its text. */
  private static ObjectNode putRatio(ObjectNode node, String name, Ratio ratio) {
    putFinite(node, name, ratio.value());
    putFinite(node, name + "Low", ratio.low());
    putFinite(node, name + "High", ratio.high());
    return node.put(name + "Text", ratio.text());
  }

  private static void putFinite(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
