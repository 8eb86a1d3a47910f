package dev.fanbench.gatling.command;

import dev.fanbench.measurement.change.ChangeRule;
import dev.fanbench.measurement.change.ComparedSide;
import dev.fanbench.measurement.change.LookPlan;
import dev.fanbench.measurement.change.Metric;
import dev.fanbench.measurement.change.RunComparison;
import dev.fanbench.measurement.run.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Measures pairs until they are precise enough, or spent, or the time is over. One thread.
 *
 * <p>A look decides by the width of its interval alone, never by its verdict.
 */
final class PairRun {
  private static final long SEED = 1;

  private final AbPlan series;
  private final PairSource source;
  private final LookPlan looks;
  private final OptionalDouble precision;
  private final Optional<Metric> metric;
  private final ChangeRule rule;
  private final Consumer<String> progress;
  private int spare;
  private int looked;

  /**
   * @param precision wanted, as a share; empty when only the last look counts
   * @param metric what decides; empty for the usual one
   * @param rule what counts as a change at a look
   */
  PairRun(
      AbPlan series,
      PairSource source,
      LookPlan looks,
      OptionalDouble precision,
      Optional<Metric> metric,
      ChangeRule rule,
      Consumer<String> progress) {
    this.series = series;
    this.source = source;
    this.looks = looks;
    this.precision = precision;
    this.metric = metric;
    this.rule = rule;
    this.progress = progress;
    this.spare = looks.most();
  }

  /**
   * Measures, and compares at the last look.
   *
   * @param timeIsOver whether no pair may begin any more
   * @param interrupted whether Ctrl-C ended a run
   * @throws IOException when a run did not end as it should, and was not interrupted
   */
  RunComparison compare(BooleanSupplier timeIsOver, BooleanSupplier interrupted)
      throws IOException, InterruptedException {
    int measured = 0;
    while (measured < looks.most()) {
      if (measured > 0 && timeIsOver.getAsBoolean()) {
        progress.accept("The time is over after " + measured + " pairs.");
        break;
      }
      try {
        source.measure(measured + 1, new Told(measured + 1));
      } catch (IOException e) {
        if (!interrupted.getAsBoolean()) {
          throw e;
        }
        progress.accept("Interrupted after " + measured + " whole pairs, which are compared.");
        series.setUnfinishedAside();
        break;
      }
      measured++;
      if (precision.isPresent() && looks.isLook(measured) && measured < looks.most()) {
        RunComparison changes = look(measured);
        if (changes.isWithin(precision.getAsDouble())) {
          return noted(changes);
        }
      }
    }
    return noted(look(measured));
  }

  private RunComparison look(int pairs) throws IOException {
    looked++;
    RunComparison changes = RunComparison.between(side(0), side(1), metric, SEED, rule);
    if (precision.isPresent()) {
      changes
          .targets()
          .forEach(
              target ->
                  progress.accept(
                      "look %d of at most %d, after %d pairs: %s"
                          .formatted(
                              looked, looks.pairs().size(), pairs, target.decides().sentence())));
    }
    return changes;
  }

  private ComparedSide side(int side) throws IOException {
    String name = series.sides().get(side).name();
    Path runs = series.runsOf(side);
    return holdsRuns(runs)
        ? ComparedSide.read(name, List.of(runs))
        : new ComparedSide(name, List.of());
  }

  private static boolean holdsRuns(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.findAny().isPresent();
    }
  }

  private RunComparison noted(RunComparison changes) {
    return precision.isEmpty()
        ? changes
        : changes.noting(looks.sentence() + " Looks taken: " + looked + ".");
  }

  /** Tells the steps of a pair, and asks for another try of an invalid one. */
  private final class Told implements PairSource.StepListener {
    private final int pair;

    private Told(int pair) {
      this.pair = pair;
    }

    @Override
    public void begins(String step) {
      progress.accept("pair " + pair + " of at most " + looks.most() + ": " + step);
    }

    @Override
    public boolean ended(List<RecordedRun> runs) {
      runs.forEach(run -> progress.accept("  " + ExperimentLauncher.told(run)));
      if (spare == 0 || runs.stream().allMatch(ComparedSide::isValid)) {
        return false;
      }
      spare--;
      progress.accept("  once more, as it was not valid; " + spare + " such tries are left");
      return true;
    }
  }
}
