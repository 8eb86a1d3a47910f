package dev.fanbench.reports.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.reports.model.BillComparison;
import dev.fanbench.reports.model.Cost;
import dev.fanbench.reports.model.CpuCost;
import dev.fanbench.reports.model.FanOutLine;
import dev.fanbench.reports.model.Fit;
import dev.fanbench.reports.model.Ratio;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.SettingCost;
import dev.fanbench.reports.price.Bill;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The figures that the page's charts draw: a part of {@code summary.json}, which the page carries
 * too. Its records are its schema.
 */
public record ChartJson(
    List<LinePart> fanOut,
    List<CpuPart> cpuPerDelivery,
    List<SettingPart> settings,
    List<CostPart> costPerMillionDeliveries,
    List<BillPart> monthlyBills,
    List<BreakEvenPart> breakEvens) {

  /** The figures of a report. */
  public static ChartJson of(ReportModel comparison) {
    List<CostPart> costs = new ArrayList<>();
    List<BillPart> bills = new ArrayList<>();
    for (Cost cost : comparison.bills().costs()) {
      costs.add(CostPart.of(cost, comparison));
      BillComparison.CONNECTIONS.forEach(count -> bills.add(BillPart.of(cost, count)));
    }
    return new ChartJson(
        comparison.fanOut().stream().map(LinePart::of).toList(),
        comparison.cpu().stream().map(CpuPart::of).toList(),
        comparison.settings().stream().map(SettingPart::of).toList(),
        costs,
        bills,
        comparison.bills().crossings().stream().map(BreakEvenPart::of).toList());
  }

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
                          point.fanOut(), TimeJson.of(point.p50()), TimeJson.of(point.p90())))
              .toList(),
          line.fit().map(fit -> FitPart.of(fit, line.law().orElse(""))).orElse(null));
    }
  }

  private record PointPart(int fanOut, TimeJson p50, TimeJson p90) {}

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
          TimeJson.finite(floor.value()),
          TimeJson.finite(floor.low()),
          TimeJson.finite(floor.high()),
          floor.text());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record SettingPart(
      String run,
      String phase,
      String differs,
      TimeJson p50,
      TimeJson p90,
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
          TimeJson.of(cost.row(), Percentile.P50),
          TimeJson.of(cost.row(), Percentile.P90),
          TimeJson.finite(ratio.value()),
          TimeJson.finite(ratio.low()),
          TimeJson.finite(ratio.high()),
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

  private static Double known(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
