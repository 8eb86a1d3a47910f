package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.BlockMedian;
import dev.fanbench.measurement.run.RankTrend;
import dev.fanbench.measurement.run.UnitFormat;
import java.util.ArrayList;
import java.util.List;

/** Finds phases in which a target got faster or slower while it was measured. */
final class PhaseTrend {
  private PhaseTrend() {}

  /** One sentence for each phase and run whose medians have a trend from block to block. */
  static List<String> in(List<PhaseComparison> phases) {
    List<String> found = new ArrayList<>();
    for (PhaseComparison phase : phases) {
      for (PhaseComparison.Result result : phase.results()) {
        if (result.entry().compared()) {
          List<BlockMedian> blocks = result.recorded().blockMedians();
          double[] medians = blocks.stream().mapToDouble(BlockMedian::nanos).toArray();
          if (RankTrend.falls(medians)) {
            found.add(sentence("still getting faster", phase, result.entry(), blocks));
          } else if (RankTrend.rises(medians)) {
            found.add(sentence("getting slower", phase, result.entry(), blocks));
          }
        }
      }
    }
    return found;
  }

  private static String sentence(
      String how, PhaseComparison phase, ReportedRun entry, List<BlockMedian> blocks) {
    return "%s was %s in phase %s: p50 %s in its first block, %s in its last."
        .formatted(
            entry.name(),
            how,
            phase.phase().name(),
            time(blocks.get(0)),
            time(blocks.get(blocks.size() - 1)));
  }

  private static String time(BlockMedian median) {
    return median.nanos() == Long.MAX_VALUE ? "not delivered" : UnitFormat.time(median.nanos());
  }
}
