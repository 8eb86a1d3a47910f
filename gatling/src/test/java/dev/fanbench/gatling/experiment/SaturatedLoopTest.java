package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.target.Stopwatch;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An event loop of the load that cannot keep up makes a phase INVALID, as the only loop and as one
 * of four. It is told by its share of a core, so a core must be free for it.
 */
@Tag("soak")
@Timeout(120)
class SaturatedLoopTest {
  private static final int SUBSCRIBERS_OF_A_LOOP = 1_000;

  /** An arrival is due each 20 ms, and takes the loop longer than that. */
  private static final String PHASES =
      "drain = 10s, fanout = [ { subscribers = %d, count = 150, rate = 50 } ]";

  private static final long WORK_NANOS = 30_000_000;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aLoopThatCannotKeepUpIsTold(int loops) throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None())) {
      Options options =
          ExperimentInTest.options(
              directory, target.url().toString(), PHASES.formatted(loops * SUBSCRIBERS_OF_A_LOOP));
      Pinning cores =
          new Pinning(List.of(), IntStream.range(0, loops).boxed().toList(), "not pinned");

      Validity validity =
          ExperimentInTest.of(options.targets().get(0), options, cores)
              .whole(phase -> new BusyLoop())
              .run()
              .validity();

      assertEquals(Validity.Verdict.INVALID, validity.verdict());
      assertTrue(
          validity.reasons().stream()
              .anyMatch(reason -> reason.contains("an event loop of the load used")),
          validity.reasons().toString());
    }
  }

  /** Works on the first loop that closes an arrival. That loop is late from then on. */
  private static final class BusyLoop implements ArrivalListener {
    private final AtomicReference<Thread> loop = new AtomicReference<>();

    @Override
    public void closed(Arrival arrival) {
      loop.compareAndSet(null, Thread.currentThread());
      if (loop.get() == Thread.currentThread()) {
        Stopwatch work = new Stopwatch();
        while (work.elapsedNanos() < WORK_NANOS) {
          Thread.onSpinWait();
        }
      }
    }
  }
}
