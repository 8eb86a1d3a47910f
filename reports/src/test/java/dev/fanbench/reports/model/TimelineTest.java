package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.reports.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelineTest {
  @TempDir private Path directory;

  /** A run that was cut short in its second block has no times for the third. */
  @Test
  void arrivalsThatWereNeverDueAreNoPartOfIt() throws IOException {
    RecordedPhase phase = phase();
    List<Arrival> arrivals = new ArrayList<>(phase.arrivals().subList(0, 80));
    Arrival last = arrivals.get(79);
    arrivals.set(79, unsent(79, last.intendedAtNanos()));
    for (int n = 80; n < 160; n++) {
      arrivals.add(unsent(n, Arrival.NEVER));
    }

    Timeline timeline = of(phase, arrivals).orElseThrow();

    assertEquals(80, timeline.arrivals().size());
    assertEquals(1, timeline.undelivered());
    assertEquals(79, timeline.dots().count());
    Timeline whole = of(phase, phase.arrivals()).orElseThrow();
    assertTrue(timeline.windows().size() < whole.windows().size());
    for (Timeline.Window window : timeline.windows()) {
      assertTrue(window.fromSeconds() >= 0 && window.toSeconds() < 2, window::toString);
    }
  }

  @Test
  void aPhaseThatNeverBeganHasNone() throws IOException {
    assertEquals(Optional.empty(), of(phase(), List.of(unsent(0, Arrival.NEVER))));
  }

  private RecordedPhase phase() throws IOException {
    Path run = new Runs(directory).inMemory("netty").directories().get(0);
    RecordedRun recorded = RunReader.read(run);
    return recorded.phase("fanout-100");
  }

  private static Optional<Timeline> of(RecordedPhase phase, List<Arrival> arrivals) {
    return Timeline.of(
        new ReportedRun(0, "netty", null),
        new RecordedPhase(phase.result(), phase.series(), arrivals));
  }

  private static Arrival unsent(int n, long intendedAtNanos) {
    return new Arrival(n, intendedAtNanos, Arrival.NEVER, Arrival.NEVER, Arrival.NEVER, 0, 0);
  }
}
