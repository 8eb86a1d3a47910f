package dev.fanbench.reports.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.fanbench.measurement.change.BlockMean;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.model.DeliveryTotal;
import dev.fanbench.reports.model.IdleCost;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.RoundTripAnswer;
import dev.fanbench.reports.model.Sensitivity;
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
            comparison.idle().stream().map(IdlePart::of).toList(),
            ChartJson.of(comparison),
            comparison.conditions().stream().map(ConditionPart::of).toList()));
  }

  private record Summary(
      int schemaVersion,
      FindingPart finding,
      @JsonInclude(JsonInclude.Include.NON_NULL) String headlinePhase,
      List<RunPart> runs,
      List<AnswerPart> answers,
      List<PhasePart> phases,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<IdlePart> idle,
      @JsonUnwrapped ChartJson figures,
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
              total.asked(),
              total.answered(),
              total.unsent(),
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
      long asked,
      long answered,
      long unsent,
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

  /** Each amount is of one connection; null where it is not known. */
  private record IdlePart(
      String run,
      String phase,
      int connections,
      long lost,
      Double memoryBytes,
      Double heapBytes,
      Double kernelBytes,
      Double cpuNanosPerSecond,
      Double cpuNanosLow,
      Double cpuNanosHigh,
      Double coreShareBefore,
      Double receivedBytes,
      Double connectsPerSecond) {

    static IdlePart of(IdleCost cost) {
      return new IdlePart(
          cost.entry().name(),
          cost.phase().name(),
          cost.phase().subscribers(),
          cost.lost(),
          known(cost.bytes()),
          known(cost.heapBytes()),
          known(cost.socketBytes()),
          known(cost.cpuNanos()),
          cost.cpuInterval().map(BlockMean::low).orElse(null),
          cost.cpuInterval().map(BlockMean::high).orElse(null),
          known(cost.shareBefore()),
          known(cost.receivedBytes()),
          known(cost.openedPerSecond()));
    }

    private static Double known(OptionalDouble value) {
      return value.isEmpty() ? null : value.getAsDouble();
    }
  }

  private record AchievedPart(String run, double perSecond) {}

  private record RowPart(
      String run,
      long samples,
      long independent,
      TimeJson p50,
      TimeJson p90,
      TimeJson p99,
      @JsonProperty("p99.9") TimeJson p999,
      TimeJson max,
      Double ratio,
      Double ratioLow,
      Double ratioHigh,
      String ratioText) {

    static RowPart of(PhaseComparison.Row row) {
      return new RowPart(
          row.entry().name(),
          row.distribution().percentiles().samples(),
          row.distribution().percentiles().independent(),
          TimeJson.of(row, Percentile.P50),
          TimeJson.of(row, Percentile.P90),
          TimeJson.of(row, Percentile.P99),
          TimeJson.of(row, Percentile.P99_9),
          TimeJson.of(row, Percentile.MAX),
          TimeJson.finite(row.ratio().value()),
          TimeJson.finite(row.ratio().low()),
          TimeJson.finite(row.ratio().high()),
          row.ratio().text());
    }
  }
}
