package dev.fanbench.measurement.run;

import dev.fanbench.measurement.workload.PhaseKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads run directories of this version and of every older one. Thread-safe. */
public final class RunReader {

  private RunReader() {}

  /**
   * Reads a whole run.
   *
   * @throws UnreadableRunException when the directory is missing, partial or broken; its message is
   *     fit for a user
   */
  public static RecordedRun read(Path directory) throws IOException {
    RunDirectory files = new RunDirectory(directory);
    RecordedRun run = read(files, files.read());
    if (run.run().validity().verdict() == Validity.Verdict.VALID) {
      CompletenessCheck.of(run);
    }
    return run;
  }

  /**
   * Reads the histograms and arrivals of a run whose {@code run.json} is at hand, or is yet to be
   * written.
   */
  public static RecordedRun read(RunDirectory files, Run run) throws IOException {
    LatencyLog latencies = LatencyLog.read(files);
    Map<String, List<Arrival>> arrivals = ArrivalTable.read(files);
    List<RecordedPhase> phases = new ArrayList<>();
    for (PhaseResult result : run.phases()) {
      String name = result.recordedAs();
      List<Arrival> ofPhase = arrivals.getOrDefault(name, List.of());
      CompletenessCheck.blocks(files, result, ofPhase);
      Map<Series, RecordedSeries> series = new LinkedHashMap<>();
      for (Series which : Series.values()) {
        if (which.takenIn(result.phase()) && latencies.has(result, which)) {
          series.put(
              which,
              latencies.series(result, which).inOrderOf(RecordedPhase.blocks(result, ofPhase)));
        }
      }
      Series whole =
          result.phase().kind() == PhaseKind.FANOUT ? Series.LAST_DELIVERY : Series.RESPONSE;
      PerfectLoad.least(ofPhase)
          .ifPresent(
              least -> series.computeIfPresent(whole, (which, known) -> known.atLeast(least)));
      phases.add(new RecordedPhase(result, series, ofPhase, latencies.map(result)));
    }
    return new RecordedRun(files, run, phases);
  }
}
