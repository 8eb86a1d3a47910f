package dev.fanbench.reports.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileInterval;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.model.BillComparison;
import dev.fanbench.reports.model.Cost;
import dev.fanbench.reports.model.CpuCost;
import dev.fanbench.reports.model.DeliveryTotal;
import dev.fanbench.reports.model.FanOutLine;
import dev.fanbench.reports.model.Fit;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.Ratio;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.RoundTripAnswer;
import dev.fanbench.reports.model.Sensitivity;
import dev.fanbench.reports.model.SettingCost;
import dev.fanbench.reports.price.Bill;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * {@code summary.json}: the page's figures and sentences, for scripts. Its records are its schema.
 *
 * <p>A time is an object with {@code nanos} and the {@code text} that the page shows; where there
 * is no value, {@code nanos} is null and {@code text} says why. JSON has no infinity: a ratio
 * without a finite value is null and explained by its text. Fields are only ever added.
 */
public final class SummaryJson {
  private static final int SCHEMA_VERSION = 1;

  private SummaryJson() {}

  /** The whole file. */
  public static String of(ReportModel comparison) {
    return JsonText.of(
        new Summary(
            SCHEMA_VERSION,
            new FindingPart(
                comparison.finding().sentence(),
                comparison.finding().detail(),
                comparison.finding().certainty(),
                comparison.cautions()),
            comparison.headline().map(headline -> headline.phase().name()).orElse(null),
            comparison.accounted().stream().map(RunPart::of).toList(),
            comparison.answers().stream().map(AnswerPart::of).toList(),
            comparison.phases().stream().map(PhasePart::of).toList(),
            figures(comparison),
            comparison.conditions().stream().map(ConditionPart::of).toList()));
  }

  /** The part that the page's charts draw, which the page carries too. */
  public static ChartPart figures(ReportModel comparison) {
    List<CostPart> costs = new ArrayList<>();
    List<BillPart> bills = new ArrayList<>();
    for (Cost cost : comparison.bills().costs()) {
      costs.add(CostPart.of(cost, comparison));
      BillComparison.CONNECTIONS.forEach(count -> bills.add(BillPart.of(cost, count)));
    }
    return new ChartPart(
        comparison.fanOut().stream().map(LinePart::of).toList(),
        comparison.cpu().stream().map(CpuPart::of).toList(),
        comparison.settings().stream().map(SettingPart::of).toList(),
        costs,
        bills,
        comparison.bills().crossings().stream().map(BreakEvenPart::of).toList());
  }

  private record Summary(
      int schemaVersion,
      FindingPart finding,
      @JsonInclude(JsonInclude.Include.NON_NULL) String headlinePhase,
      List<RunPart> runs,
      List<AnswerPart> answers,
      List<PhasePart> phases,
      @JsonUnwrapped ChartPart figures,
      List<ConditionPart> conditions) {}

  private record FindingPart(
      String sentence, String detail, String certainty, List<String> cautions) {}

  private record RunPart(
      String name,
      String id,
      String kind,
      String verdict,
      List<String> reasons,
      List<String> warnings,
      List<String> modelled,
      List<SloPart> slos,
      DeliveriesPart deliveries) {

    static RunPart of(DeliveryTotal total) {
      var run = total.entry().run();
      return new RunPart(
          total.entry().name(),
          run.id(),
          run.target().kind(),
          run.validity().verdict().name(),
          run.validity().reasons(),
          run.validity().warnings(),
          run.target().modelled(),
          run.slos().stream().map(SloPart::of).toList(),
          new DeliveriesPart(
              total.expected(),
              total.delivered(),
              total.missing(),
              total.missedAway(),
              total.duplicates(),
              total.outOfOrder(),
              total.late(),
              total.unexpected(),
              total.text()));
    }
  }

  private record DeliveriesPart(
      long expected,
      long delivered,
      long missing,
      long missedAway,
      long duplicates,
      long outOfOrder,
      long late,
      long unexpected,
      String text) {}

  private record SloPart(
      String expression,
      String phase,
      boolean gate,
      boolean held,
      String decision,
      String observed) {

    static SloPart of(SloVerdict slo) {
      return new SloPart(
          slo.expression(),
          slo.phase(),
          slo.gate(),
          slo.held(),
          slo.decision().word(),
          slo.observed());
    }
  }

  private record AnswerPart(
      String question, String run, boolean known, boolean holds, String text) {

    static AnswerPart of(RoundTripAnswer answer) {
      return new AnswerPart(
          RoundTripAnswer.QUESTION,
          answer.entry().name(),
          answer.known(),
          answer.holds(),
          answer.text());
    }
  }

  private record ConditionPart(String what, String text) {
    static ConditionPart of(Sensitivity condition) {
      return new ConditionPart(condition.what(), condition.sentence());
    }
  }

  private record PhasePart(
      String name,
      PhaseKind kind,
      int fanOut,
      double offeredPerSecond,
      List<AchievedPart> achieved,
      Map<String, List<RowPart>> series) {

    static PhasePart of(PhaseComparison phase) {
      Map<String, List<RowPart>> series = new LinkedHashMap<>();
      phase
          .rows()
          .forEach(
              (which, rows) -> series.put(which.label(), rows.stream().map(RowPart::of).toList()));
      return new PhasePart(
          phase.phase().name(),
          phase.phase().kind(),
          phase.phase().fanOut(),
          phase.phase().ratePerSecond(),
          phase.results().stream()
              .map(r -> new AchievedPart(r.entry().name(), r.result().achievedPerSecond()))
              .toList(),
          series);
    }
  }

  private record AchievedPart(String run, double perSecond) {}

  private record RowPart(
      String run,
      long samples,
      long independent,
      TimePart p50,
      TimePart p90,
      TimePart p99,
      @JsonProperty("p99.9") TimePart p999,
      TimePart max,
      Double ratio,
      Double ratioLow,
      Double ratioHigh,
      String ratioText) {

    static RowPart of(PhaseComparison.Row row) {
      return new RowPart(
          row.entry().name(),
          row.distribution().percentiles().samples(),
          row.distribution().percentiles().independent(),
          time(row, Percentile.P50),
          time(row, Percentile.P90),
          time(row, Percentile.P99),
          time(row, Percentile.P99_9),
          time(row, Percentile.MAX),
          finite(row.ratio().value()),
          finite(row.ratio().low()),
          finite(row.ratio().high()),
          row.ratio().text());
    }
  }

  private record TimePart(Long nanos, String text, long lowNanos, Long highNanos) {
    static TimePart of(PercentileValue value) {
      PercentileInterval interval = value.interval();
      return new TimePart(
          value instanceof PercentileValue.Time time ? time.nanos() : null,
          value.text(),
          interval.lowNanos(),
          interval.highNanos() == PercentileInterval.NONE ? null : interval.highNanos());
    }
  }

  /** The figures of the charts. */
  public record ChartPart(
      List<LinePart> fanOut,
      List<CpuPart> cpuPerDelivery,
      List<SettingPart> settings,
      List<CostPart> costPerMillionDeliveries,
      List<BillPart> monthlyBills,
      List<BreakEvenPart> breakEvens) {}

  private record LinePart(
      String run,
      List<PointPart> lastDelivery,
      @JsonInclude(JsonInclude.Include.NON_NULL) FitPart fit) {

    static LinePart of(FanOutLine line) {
      return new LinePart(
          line.entry().name(),
          line.points().stream()
              .map(
                  point ->
                      new PointPart(
                          point.fanOut(), TimePart.of(point.p50()), TimePart.of(point.p90())))
              .toList(),
          line.fit().map(fit -> FitPart.of(fit, line.law().orElse(""))).orElse(null));
    }
  }

  private record PointPart(int fanOut, TimePart p50, TimePart p90) {}

  private record FitPart(
      double fixedNanos,
      double perSubscriberNanos,
      double worstResidual,
      boolean describes,
      String text) {

    static FitPart of(Fit fit, String text) {
      return new FitPart(
          fit.fixedNanos(), fit.perSubscriberNanos(), fit.worstResidual(), fit.describes(), text);
    }
  }

  private record CpuPart(
      String run,
      String phase,
      int fanOut,
      double nanosPerDelivery,
      Map<String, Double> nanosByGroup,
      String source,
      Double overFloor,
      Double overFloorLow,
      Double overFloorHigh,
      String overFloorText) {

    static CpuPart of(CpuCost cost) {
      Ratio floor = cost.overFloor();
      return new CpuPart(
          cost.entry().name(),
          cost.phase().name(),
          cost.phase().fanOut(),
          cost.nanosPerDelivery(),
          cost.nanosByGroup(),
          cost.source(),
          finite(floor.value()),
          finite(floor.low()),
          finite(floor.high()),
          floor.text());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record SettingPart(
      String run,
      String phase,
      String differs,
      TimePart p50,
      TimePart p90,
      @JsonInclude(JsonInclude.Include.ALWAYS) Double ratio,
      @JsonInclude(JsonInclude.Include.ALWAYS) Double ratioLow,
      @JsonInclude(JsonInclude.Include.ALWAYS) Double ratioHigh,
      String ratioText,
      Double storeCallsPerPublication,
      Double gonePerPublication,
      long missing,
      String lost) {

    static SettingPart of(SettingCost cost) {
      Ratio ratio = cost.row().ratio();
      return new SettingPart(
          cost.row().entry().name(),
          cost.phase().phase().name(),
          cost.settings(),
          time(cost.row(), Percentile.P50),
          time(cost.row(), Percentile.P90),
          finite(ratio.value()),
          finite(ratio.low()),
          finite(ratio.high()),
          ratio.text(),
          known(cost.storeCalls()),
          known(cost.gone()),
          cost.deliveryCount().missing(),
          cost.lost());
    }
  }

  private record CostPart(
      String run, double dollars, String text, String formula, String prices, String label) {

    static CostPart of(Cost cost, ReportModel comparison) {
      return new CostPart(
          cost.entry().name(),
          cost.dollarsPerMillion(),
          cost.text(),
          cost.formula(),
          comparison.prices().origin(),
          "computed from list prices, not billed");
    }
  }

  private record BillPart(String run, int connections, List<BilledRate> rates) {
    static BillPart of(Cost cost, int connections) {
      List<BilledRate> rates = new ArrayList<>();
      for (double rate : BillComparison.RATES) {
        double dollars = cost.billing().monthly(rate, connections).total();
        rates.add(new BilledRate(rate, dollars, Bill.dollars(dollars)));
      }
      return new BillPart(cost.entry().name(), connections, rates);
    }
  }

  private record BilledRate(double deliveriesPerSecond, double dollars, String text) {}

  private record BreakEvenPart(
      String run,
      String against,
      int connections,
      Double deliveriesPerSecond,
      @JsonInclude(JsonInclude.Include.NON_NULL) String formula,
      String text) {

    static BreakEvenPart of(BillComparison.Crossing crossing) {
      return new BreakEvenPart(
          crossing.used().entry().name(),
          crossing.rented().entry().name(),
          crossing.connections(),
          crossing.breakEven().map(at -> at.deliveriesPerSecond()).orElse(null),
          crossing.formula().orElse(null),
          crossing.sentence());
    }
  }

  private static TimePart time(PhaseComparison.Row row, Percentile rank) {
    return TimePart.of(row.distribution().at(rank));
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static Double known(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
