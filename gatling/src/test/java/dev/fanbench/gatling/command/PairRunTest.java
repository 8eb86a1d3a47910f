package dev.fanbench.gatling.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.change.ChangeRule;
import dev.fanbench.measurement.change.LookPlan;
import dev.fanbench.measurement.change.RunComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a series of pairs; the pairs are made up, and no target is measured. */
class PairRunTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path directory;
  private final List<Integer> measured = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private AbPlan series;

  @BeforeEach
  void makeASeries() {
    AbSide side = AbSide.parse("netty", HOME);
    series = new AbPlan(directory, List.of(side, side), SettingList.NONE, Scenario.FANOUT, false);
  }

  @Test
  void allPairsAreMeasuredWhenNoPrecisionIsReached() throws Exception {
    RunComparison none =
        run(LookPlan.upTo(8), OptionalDouble.of(0.05), this::count)
            .compare(() -> false, () -> false);
    assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8), measured);
    assertTrue(none.targets().isEmpty());
  }

  @Test
  void noPairBeginsAfterTheLimit() throws Exception {
    run(LookPlan.once(5), OptionalDouble.empty(), this::count)
        .compare(() -> measured.size() >= 2, () -> false);
    assertEquals(List.of(1, 2), measured);
    assertEquals(List.of("The time is over after 2 pairs."), said);
  }

  @Test
  void interruptedPairsAreSetAsideAndTheOthersCompared() throws Exception {
    Path unfinished = Files.createDirectories(series.runsOf(1).resolve("run"));
    Path whole = Files.createDirectories(series.runsOf(0).resolve("run"));
    Files.writeString(whole.resolve("turn.json"), "{}");
    series.setUnfinishedAside();
    assertTrue(Files.isDirectory(directory.resolve("unfinished/b-run")));
    assertTrue(Files.isDirectory(whole));
    assertTrue(Files.notExists(unfinished));
    Files.delete(whole.resolve("turn.json"));
    Files.delete(whole);
    run(
            LookPlan.once(5),
            OptionalDouble.empty(),
            (number, told) -> {
              count(number, told);
              if (number == 3) {
                throw new IOException("interrupted before the end");
              }
            })
        .compare(() -> false, () -> true);
    assertEquals(List.of("Interrupted after 2 whole pairs, which are compared."), said);
  }

  @Test
  void aRunThatWentWrongEndsTheSeries() {
    PairRun run =
        run(
            LookPlan.once(5),
            OptionalDouble.empty(),
            (number, told) -> {
              throw new IOException("a run ended with exit code 1");
            });
    assertThrows(IOException.class, () -> run.compare(() -> false, () -> false));
  }

  @Test
  void eachStepIsTold() throws Exception {
    List<Boolean> answers = new ArrayList<>();
    run(
            LookPlan.once(3),
            OptionalDouble.empty(),
            (number, told) -> {
              told.begins("netty");
              answers.add(told.ended(List.of()));
            })
        .compare(() -> false, () -> false);
    assertEquals(List.of(false, false, false), answers);
    assertEquals("pair 1 of at most 3: netty", said.get(0));
  }

  private void count(int number, PairSource.StepListener told) {
    measured.add(number);
  }

  private PairRun run(LookPlan looks, OptionalDouble precision, PairSource source) {
    return new PairRun(
        series,
        source,
        looks,
        precision,
        Optional.empty(),
        new ChangeRule(looks.confidence(), ChangeRule.SMALLEST_CHANGE),
        said::add);
  }
}
