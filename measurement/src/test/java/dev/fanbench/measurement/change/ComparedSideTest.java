package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fanbench.measurement.clock.ManualNanoClock;
import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.record.RunPlan;
import dev.fanbench.measurement.record.RunRecorder;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunDirectory;
import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.run.Turn;
import dev.fanbench.measurement.run.UnreadableRunException;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparedSideTest {
  private static final Phase ECHO = Phases.echo(8, 10);

  @TempDir Path directory;

  @Test
  void runsOfADirectoryAreReadInTheOrderOfTheirStarts() throws IOException {
    Path late = record("a", "netty", "2026-11-20T21:31:00Z");
    Path early = record("b", "netty", "2026-11-20T21:30:00Z");
    Files.createDirectories(directory.resolve("a/notes"));
    Files.writeString(directory.resolve("a/readme.txt"), "no run");
    ComparedSide side = ComparedSide.read("base", List.of(directory.resolve("a"), early));
    assertEquals("base", side.name());
    assertEquals(List.of(early, late), paths(side.runs()));
    assertEquals(List.of(), side.floors());
    assertEquals(List.of("netty"), side.targets());
  }

  @Test
  void floorsAreNoRunsOfASideUnlessThereIsNothingElse() throws IOException {
    Path run = record("a", "netty", "2026-11-20T21:30:00Z");
    Path floor = record("a", "floor", "2026-11-20T21:31:00Z");
    ComparedSide both = ComparedSide.read("base", List.of(directory.resolve("a")));
    assertEquals(List.of(run), paths(both.runs()));
    assertEquals(List.of(floor), paths(both.floors()));
    ComparedSide alone = ComparedSide.read("base", List.of(floor));
    assertEquals(List.of(floor), paths(alone.runs()));
    assertEquals(List.of(), alone.floors());
  }

  @Test
  void aTurnIsThatOfItsRun() throws IOException {
    Turn turn = new Turn("series", 3, false);
    Path one = record("a", "netty", "2026-11-20T21:30:00Z");
    record("a", "netty", "2026-11-20T21:31:00Z");
    new RunDirectory(one).write(turn);
    ComparedSide side = ComparedSide.read("base", List.of(directory.resolve("a")));
    assertEquals(Optional.of(turn), side.turn(side.runs().get(0)));
    assertEquals(Optional.empty(), side.turn(side.runs().get(1)));
  }

  @Test
  void aDirectoryWithoutARunIsRefused() throws IOException {
    Path empty = Files.createDirectories(directory.resolve("empty"));
    assertRefused(empty, "it is no run and holds none");
    assertRefused(directory.resolve("nowhere"), "there is no such directory");
  }

  private static void assertRefused(Path path, String why) {
    UnreadableRunException refusal =
        assertThrows(UnreadableRunException.class, () -> ComparedSide.read("base", List.of(path)));
    assertEquals("cannot read the run " + path + ": " + why, refusal.getMessage());
  }

  @Test
  void aSideIsDividedByTargetAndValidity() {
    RecordedRun netty = new RunDraft(ECHO).minute(1).run();
    RecordedRun other = new RunDraft(ECHO).minute(2).label("other").run();
    RecordedRun invalid = new RunDraft(ECHO).minute(3).judged(Validity.Verdict.INVALID).run();
    RecordedRun failed = new RunDraft(ECHO).minute(4).judged(Validity.Verdict.FAILED).run();
    ComparedSide side = new ComparedSide("base", List.of(failed, invalid, other, netty));
    assertEquals(List.of(netty, other, invalid, failed), side.runs());
    assertEquals(List.of("netty", "other"), side.targets());
    assertEquals(List.of(netty, invalid, failed), side.of("netty").runs());
    assertEquals(List.of(netty, other), side.valid().runs());
    assertEquals("base", side.valid().name());
  }

  @Test
  void theFloorOfARunIsTheFirstValidOneOfItsTurn() {
    RecordedRun run = new RunDraft(ECHO).experiment("one").run();
    RecordedRun broken =
        new RunDraft(ECHO).minute(1).experiment("one").judged(Validity.Verdict.INVALID).run();
    RecordedRun elsewhere = new RunDraft(ECHO).minute(2).experiment("two").run();
    RecordedRun floor = new RunDraft(ECHO).minute(3).experiment("one").run();
    ComparedSide side =
        new ComparedSide("base", List.of(run), Map.of(), List.of(broken, elsewhere, floor));
    assertEquals(Optional.of(floor), side.floorOf(run));
    ComparedSide without =
        new ComparedSide("base", List.of(run), Map.of(), List.of(broken, elsewhere));
    assertEquals(Optional.empty(), without.floorOf(run));
  }

  /** A run that was cut short at once. */
  private Path record(String folder, String kind, String startedAt) throws IOException {
    TargetDescription netty = Phases.target("netty");
    TargetDescription target =
        new TargetDescription(
            kind, netty.url(), true, netty.place(), kind, List.of(), netty.settings());
    RunPlan plan = new RunPlan("0.1.0", "unknown", target, Phases.workload(ECHO), Map.of());
    Clock wall = Clock.fixed(Instant.parse(startedAt), ZoneOffset.UTC);
    RunRecorder run =
        RunRecorder.open(directory.resolve(folder), plan, 1, new ManualNanoClock(0), wall);
    run.close();
    return run.directory();
  }

  private static List<Path> paths(List<RecordedRun> runs) {
    return runs.stream().map(run -> run.directory().path()).toList();
  }
}
