package dev.fanbench.gatling.command;

import dev.fanbench.measurement.run.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Pairs of adjacent turns: a side's load and target run alone, then those of the other side. */
record TurnPairSource(AbPlan series, LoadProcess load) implements PairSource {

  @Override
  public void measure(int number, StepListener told) throws IOException, InterruptedException {
    for (int side : Interleaving.order(number)) {
      boolean again;
      do {
        AbSide measured = series.sides().get(side);
        told.begins(measured.name());
        Files.createDirectories(series.runsOf(side));
        List<RecordedRun> runs =
            ExperimentLauncher.measure(
                load,
                measured.home(),
                series.scenario(),
                series.settings(side, number),
                List.of(series.runsOf(side)));
        series.mark(runs, number);
        again = told.ended(runs);
      } while (again);
    }
  }
}
