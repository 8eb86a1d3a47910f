package dev.fanbench.measurement.run;

import dev.fanbench.measurement.workload.PhaseKind;
import java.util.List;

/**
 * Compares the files of a run with its {@code run.json}. A file that was cut at the end of a line
 * looks whole, and its percentiles would be wrong.
 */
final class CompletenessCheck {
  private CompletenessCheck() {}

  /**
   * Checks the rows that the blocks of a phase are made of.
   *
   * @param arrivals those of the phase
   * @throws UnreadableRunException when some are not there
   */
  static void blocks(RunDirectory files, PhaseResult result, List<Arrival> arrivals)
      throws UnreadableRunException {
    for (BlockResult block : result.blocks()) {
      boolean there =
          block.first() >= 0
              && block.count() >= 0
              && (long) block.first() + block.count() <= arrivals.size();
      if (!there) {
        throw cut(files, result, arrivals);
      }
    }
  }

  /**
   * Checks the measured phases of a valid run: each arrival has a row, and the histograms hold each
   * sample that {@code run.json} counts.
   *
   * @throws UnreadableRunException when some are not there
   */
  static void of(RecordedRun run) throws UnreadableRunException {
    for (RecordedPhase phase : run.measured()) {
      if (phase.arrivals().size() != phase.phase().count()) {
        throw cut(run.directory(), phase.result(), phase.arrivals());
      }
      DeliveryCount counted = phase.result().deliveryCount();
      if (counted.anomalies() == 0) {
        samples(run.directory(), phase, Series.RESPONSE, counted.timed());
        samples(run.directory(), phase, Series.SERVICE, counted.timed());
        samples(run.directory(), phase, Series.SEND_DELAY, counted.sent());
        if (phase.phase().kind() == PhaseKind.FANOUT) {
          long whole = phase.arrivals().stream().filter(PerfectLoad::isWhole).count();
          samples(run.directory(), phase, Series.LAST_DELIVERY, whole);
          samples(run.directory(), phase, Series.SKEW, whole);
        }
      }
    }
  }

  private static void samples(RunDirectory files, RecordedPhase phase, Series series, long needed)
      throws UnreadableRunException {
    long held = phase.series(series).orElseThrow().histogram().getTotalCount();
    if (held != needed) {
      throw new UnreadableRunException(
          files.path(),
          "latency.hlog does not hold all of its samples: %s of %s in the series %s of phase %s"
              .formatted(
                  UnitFormat.count(held),
                  UnitFormat.count(needed),
                  series.label(),
                  phase.result().recordedAs()));
    }
  }

  private static UnreadableRunException cut(
      RunDirectory files, PhaseResult result, List<Arrival> arrivals) {
    return new UnreadableRunException(
        files.path(),
        "publications.csv holds %s of %s arrivals of phase %s"
            .formatted(
                UnitFormat.count(arrivals.size()),
                UnitFormat.count(result.phase().count()),
                result.recordedAs()));
  }
}
