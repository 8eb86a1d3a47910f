package dev.fanbench.reports.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fanbench.measurement.change.Change;
import dev.fanbench.measurement.change.ComparedSide;
import dev.fanbench.measurement.change.Estimate;
import dev.fanbench.measurement.change.RunComparison;
import dev.fanbench.measurement.change.TargetChange;
import java.util.List;
import java.util.Optional;

/**
 * {@code compare.json}: a comparison for scripts. Its records are its schema. Where there is no
 * value, its field is null. Fields are only ever added.
 */
public final class ChangeJson {
  private static final int SCHEMA_VERSION = 1;

  private ChangeJson() {}

  /** The whole file. */
  public static String of(RunComparison changes) {
    return JsonText.of(
        new Comparison(
            SCHEMA_VERSION,
            changes.targets().stream().map(TargetPart::of).toList(),
            changes.unpaired()));
  }

  private record Comparison(int schemaVersion, List<TargetPart> targets, List<String> unpaired) {}

  private record TargetPart(
      String name,
      SidePart base,
      @JsonProperty("new") SidePart now,
      ChangePart decides,
      List<ChangePart> others,
      List<String> notes) {

    static TargetPart of(TargetChange target) {
      return new TargetPart(
          target.name(),
          SidePart.of(target.base()),
          SidePart.of(target.now()),
          ChangePart.of(target.decides()),
          target.others().stream().map(ChangePart::of).toList(),
          target.notes());
    }
  }

  private record SidePart(String name, List<String> runs) {
    static SidePart of(ComparedSide side) {
      return new SidePart(side.name(), side.runs().stream().map(run -> run.run().id()).toList());
    }
  }

  private record ChangePart(
      String metric,
      String verdict,
      String sentence,
      Double baseNanos,
      Double newNanos,
      Double ratio,
      Double low,
      Double high,
      Double confidence,
      Double baseReach,
      Double newReach) {

    static ChangePart of(Change change) {
      return new ChangePart(
          change.metric().expression(),
          change.verdict().name(),
          change.sentence(),
          finite(change.base().map(Estimate::value)),
          finite(change.now().map(Estimate::value)),
          finite(change.ratio().map(r -> r.ratio())),
          finite(change.ratio().map(r -> r.low())),
          finite(change.ratio().map(r -> r.high())),
          finite(change.ratio().map(r -> r.confidence())),
          finite(change.reachShare(change.base())),
          finite(change.reachShare(change.now())));
    }
  }

  /** JSON has no infinity: a value that was not delivered is null, and told by the sentence. */
  private static Double finite(Optional<Double> value) {
    return value.filter(Double::isFinite).orElse(null);
  }
}
