package dev.fanbench.measurement.run;

import java.util.List;

/**
 * Compares the files of a run with its {@code run.json}. A file that was cut at the end of a line
 * looks whole.
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
   * Checks the measured phases of a valid run: each arrival has a row.
   *
   * @throws UnreadableRunException when some are not there
   */
  static void of(RecordedRun run) throws UnreadableRunException {
    for (RecordedPhase phase : run.measured()) {
      if (phase.arrivals().size() != phase.phase().count()) {
        throw cut(run.directory(), phase.result(), phase.arrivals());
      }
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
