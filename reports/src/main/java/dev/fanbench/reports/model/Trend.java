package dev.fanbench.reports.model;

import dev.fanbench.measurement.change.ChangePoint;
import dev.fanbench.measurement.change.Comparability;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Time to last delivery of one target, from run to run of the same work on the same kind of
 * machine.
 *
 * @param target the first run, by its label
 * @param workload its name
 * @param phase the largest fan-out, which is the same in all of them
 * @param points valid runs, oldest first, at least two
 */
public record Trend(ReportedRun target, String workload, Phase phase, List<Point> points) {

  public Trend {
    points = List.copyOf(points);
  }

  /**
   * One run.
   *
   * @param started when
   * @param revision of fanbench
   * @param nanos p50 of the time to last delivery
   */
  public record Point(String started, String revision, long nanos) {}

  /**
   * A change that lasted.
   *
   * @param first the first run after it
   * @param ratio new ÷ old
   * @param beforeNanos the mean of the runs before
   * @param afterNanos the mean of the runs after
   */
  public record Step(Point first, double ratio, double beforeNanos, double afterNanos) {}

  /** The changes that lasted, in their order. */
  public List<Step> steps() {
    double[] nanos = points.stream().mapToDouble(Point::nanos).toArray();
    return ChangePoint.in(nanos).stream()
        .map(at -> new Step(points.get(at.index()), at.ratio(), at.before(), at.after()))
        .toList();
  }

  /** Runs are one trend where all of this is equal. */
  private record Key(
      String target,
      String workload,
      Phase phase,
      int payloadBytes,
      String arrivals,
      long drainMillis,
      Map<String, String> machine) {}

  /**
   * Trends of all targets that have one.
   *
   * @param runs oldest first
   */
  public static List<Trend> of(List<RunSummary> runs) {
    Map<Key, List<Point>> points = new LinkedHashMap<>();
    Map<Key, ReportedRun> targets = new HashMap<>();
    for (RunSummary each : runs) {
      if (each.run().validity().verdict() == Verdict.VALID
          && each.headline().isPresent()
          && each.headline().get().lastDelivery() instanceof PercentileValue.Time time) {
        targets.putIfAbsent(key(each), each.entry());
        points
            .computeIfAbsent(key(each), unseen -> new ArrayList<>())
            .add(new Point(each.started(), each.run().revision(), time.nanos()));
      }
    }
    List<Trend> trends = new ArrayList<>();
    points.forEach(
        (key, of) -> {
          if (of.size() > 1) {
            trends.add(new Trend(targets.get(key), key.workload(), key.phase(), of));
          }
        });
    return trends;
  }

  private static Key key(RunSummary run) {
    Workload workload = run.run().workload();
    return new Key(
        run.run().target().label(),
        workload.name(),
        run.headline().orElseThrow().phase(),
        workload.payloadBytes(),
        workload.arrivalText(),
        workload.drainMillis(),
        Comparability.machine(run.run()));
  }
}
