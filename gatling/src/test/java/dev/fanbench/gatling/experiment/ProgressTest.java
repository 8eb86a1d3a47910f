package dev.fanbench.gatling.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.reports.model.LiveRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
  private static final String TEN_SECONDS =
      "fanout = [ { subscribers = 2, count = 100, rate = 10 } ]";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @TempDir private Path directory;

  @Test
  void theTimeLeftCountsFloorsAndIsNeverBelowZero() throws IOException {
    Options options = ExperimentInTest.options(directory, "floor", TEN_SECONDS);
    Phase phase = options.workload().phases().get(0);
    Progress progress =
        new Progress(new PrintStream(out, true, UTF_8), false, new LiveRun(() -> 0), 0);
    progress.alsoMeasures(1, options);
    progress.starting("floor");
    progress.begins(phase, List.of("floor"), false);
    progress.begins(phase, List.of("floor"), false);
    List<String> said = out.toString(UTF_8).lines().toList();
    assertEquals("floor: starting  (about 14 s left)", said.get(0));
    assertTrue(said.get(1).endsWith("  (about 11 s left)"), said.get(1));
    assertTrue(said.get(2).endsWith("  (longer than planned)"), said.get(2));
  }

  /** The line of a terminal that is written over each second. */
  @Test
  void theTimeLeftMovesDuringAPhase() throws IOException {
    Options options = ExperimentInTest.options(directory, "floor", TEN_SECONDS);
    Phase phase = options.workload().phases().get(0);
    AtomicLong nanos = new AtomicLong();
    LiveRun live = new LiveRun(nanos::get);
    Progress progress = new Progress(new PrintStream(out, true, UTF_8), true, live, nanos::get, 0);
    progress.alsoMeasures(1, options);
    progress.begins(phase, List.of("floor"), false);
    for (int second = 0; second < 4; second++) {
      progress.now("floor: fanout-2, joining");
      nanos.addAndGet(1_000_000_000);
    }
    String said = out.toString(UTF_8);
    for (int left = 14; left > 10; left--) {
      assertTrue(said.contains("joining  (about " + left + " s left)\r"), said);
    }
  }
}
