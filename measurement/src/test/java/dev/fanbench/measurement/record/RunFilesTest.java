package dev.fanbench.measurement.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanbench.measurement.clock.ManualNanoClock;
import dev.fanbench.measurement.run.ArrivalTable;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunDirectory;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a run before, within and after its phases. */
class RunFilesTest {
  private static final long SECOND = 1_000_000_000;
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  /** A segment is a second. */
  private static final Phase LONG = Phases.echo(10 * ArrivalLedger.SEGMENT, ArrivalLedger.SEGMENT);

  private static final Phase BLOCKS = Phases.connect(4, 2).inBlocks(2);

  @TempDir private Path directory;
  private final ManualNanoClock clock = new ManualNanoClock(0);
  private RunRecorder run;

  @BeforeEach
  void open() throws IOException {
    run = recorder();
  }

  private RunRecorder recorder() throws IOException {
    return RunRecorder.open(
        directory,
        Phases.runPlan(LONG, BLOCKS),
        1,
        clock,
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  @Test
  void aRunWithoutAPhaseCanBeRead() throws IOException {
    assertEquals(List.of(), run.soFar().phases());
    RunRecorder cut = recorder();
    cut.close();
    RunDirectory files = new RunDirectory(cut.directory());
    assertEquals(List.of(ArrivalTable.HEADER), Files.readAllLines(files.publications()));
    assertTrue(Files.readString(files.latencyLog()).startsWith("#"));
    assertEquals(List.of(), RunReader.read(cut.directory()).phases());
    run.close();
  }

  /** A tick writes a segment, which ends within a buffer of the file. */
  @Test
  void aRunCanBeReadWhileAPhaseIsOnItsWay() throws IOException {
    PhaseRecorder echo = run.begin(LONG, 1, 0, ArrivalListener.none());
    clock.advance(9 * SECOND);
    run.tick();
    for (int n = 0; n < ArrivalLedger.SEGMENT; n++) {
      echo.failed(n);
    }
    run.tick();
    assertEquals(List.of(), run.soFar().phases());
    assertEquals(
        1 + ArrivalLedger.SEGMENT,
        Files.readAllLines(new RunDirectory(run.directory()).publications()).size());
    run.close();
  }

  /** Another target has its turn between both blocks, for a minute. */
  @Test
  void anIntervalEndsWithItsBlock() throws IOException {
    List<PhaseProgress> heard = new ArrayList<>();
    run.onInterval(heard::add);
    PhaseRecorder connect = run.begin(BLOCKS, 1, 0, ArrivalListener.none());
    connect.sent(0, 0);
    clock.advance(SECOND);
    run.endBlock(null, null);
    assertEquals(1, heard.size());
    assertEquals(SECOND, heard.get(0).atNanos());
    clock.advance(60 * SECOND);
    run.beginBlock(61 * SECOND);
    clock.advance(SECOND);
    run.endBlock(null, null);
    run.end(null, null);
    run.finish(new Validity(Validity.Verdict.VALID, List.of(), List.of()), List.of());
    assertEquals(3, heard.size());
    assertEquals(1, heard.stream().filter(each -> !each.gained().isEmpty()).count());
  }

  /** As many runs as a series has would otherwise take all files that a process may open. */
  @Test
  void afterItsEndARunHoldsNoFile() throws IOException {
    assumeTrue(Files.isDirectory(OPEN_FILES));
    assertTrue(openFiles() > 0);
    run.begin(LONG, 1, 0, ArrivalListener.none());
    run.end(null, null);
    run.close();
    assertEquals(0, openFiles());
  }

  @Test
  void afterAMergeNoFileIsHeld() throws IOException {
    assumeTrue(Files.isDirectory(OPEN_FILES));
    run.close();
    RecordedRun one = new LoadProcesses(directory.resolve("runs")).record();
    RecordedRun two = new LoadProcesses(directory.resolve("runs")).record();
    MergedRun.write(List.of(one, two), directory.resolve("merged"));
    assertEquals(0, openFiles());
  }

  /** Files of this test that the process has open. */
  private long openFiles() throws IOException {
    try (Stream<Path> open = Files.list(OPEN_FILES)) {
      return open.filter(this::isOfThisTest).count();
    }
  }

  private boolean isOfThisTest(Path open) {
    try {
      return Files.readSymbolicLink(open).startsWith(directory.toRealPath());
    } catch (IOException e) {
      return false; // closed since it was listed
    }
  }
}
