package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.run.Validity;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Event loops of the load with more to do than reading, before a target in another process. A loop
 * that is saturated must be told, and one that rests must not be, whatever else the machine has to
 * do. Takes a minute on an idle machine.
 */
@Tag("soak")
@Timeout(120)
class SaturatedLoopTest {
  private static final long MILLI = 1_000_000;
  private static final String SENTENCE = ": an event loop of the load used ";

  /** A room for one loop. */
  private static final int FEW = 100;

  /** Members for four loops, of a thousand each at most. */
  private static final int MANY = 3_001;

  private static final int COUNT = 20;
  private static final int RATE = 5;

  /** Busy processes, twice as many as a small machine has cores. */
  private static final int OTHERS = 4;

  @TempDir Path directory;

  @Test
  void oneSaturatedLoopIsInvalid() throws Exception {
    assertTold(burdened(1, FEW, Burden.saturating()));
  }

  @Test
  void oneSaturatedLoopIsInvalidBesideOtherPrograms() throws Exception {
    try (BusyMachine others = new BusyMachine()) {
      assertTold(burdened(1, FEW, Burden.saturating()));
      assertTrue(others.alive());
    }
  }

  /** On two cores each of them has half of one. */
  @Test
  void fourSaturatedLoopsAreInvalid() throws Exception {
    assertTold(burdened(4, MANY, Burden.saturating()));
  }

  /** 8,000 deliveries with 2,000 frames each take 0.2 µs a frame, or 3.2 s of CPU in 2 s. */
  @Test
  void oneLoopThatATargetFloodsIsInvalid() throws Exception {
    assertTold(measure(1, FEW, 80, 40, "flood:2000", ArrivalListener.none()));
  }

  @Test
  void oneLoopThatRestsIsValid() throws Exception {
    assertNotTold(burdened(1, FEW, Burden.light()));
  }

  @Test
  void oneLoopThatRestsIsValidBesideOtherPrograms() throws Exception {
    try (BusyMachine others = new BusyMachine()) {
      assertNotTold(burdened(1, FEW, Burden.light()));
      assertTrue(others.alive());
    }
  }

  @Test
  void fourLoopsThatRestAreValid() throws Exception {
    assertNotTold(burdened(4, MANY, Burden.light()));
  }

  private RecordedRun burdened(int loops, int subscribers, Burden burden) throws Exception {
    return measure(loops, subscribers, COUNT, RATE, "none", burden);
  }

  private RecordedRun measure(
      int loops, int subscribers, int count, int rate, String fault, ArrivalListener listener)
      throws Exception {
    try (ServerProcess target = ServerProcess.start("--fault", fault)) {
      Options options =
          ExperimentInTest.options(
              directory,
              target.url(),
              "fanout = [ { subscribers = %d, count = %d, rate = %d } ]"
                  .formatted(subscribers, count, rate));
      RecordedRun run =
          ExperimentInTest.onCores(options.targets().get(0), options, loops)
              .whole(phase -> listener);
      RecordedPhase phase = run.measured().get(0);
      Map<String, Double> counters = new TreeMap<>(phase.result().load().counters());
      assertEquals(
          loops,
          counters.keySet().stream().filter(key -> key.startsWith(UsageMeter.LOOP_WAIT)).count());
      System.out.printf(
          "%d loops: %s; read lag %s, response %s; %s%n",
          loops,
          counters.entrySet().stream()
              .filter(each -> each.getKey().startsWith("load.loop"))
              .map(each -> each.getKey() + " " + UnitFormat.percent(each.getValue()))
              .collect(Collectors.joining(", ")),
          median(phase, Series.READ_LAG),
          median(phase, Series.RESPONSE),
          run.run().validity().reasons());
      return run;
    }
  }

  private static String median(RecordedPhase phase, Series series) {
    return UnitFormat.time(phase.series(series).orElseThrow().histogram().getValueAtPercentile(50));
  }

  private static void assertTold(RecordedRun run) {
    Validity validity = run.run().validity();
    assertEquals(Validity.Verdict.INVALID, validity.verdict(), validity::toString);
    String phase = "phase " + run.measured().get(0).phase().name();
    assertTrue(
        validity.reasons().stream().anyMatch(reason -> reason.startsWith(phase + SENTENCE)),
        validity::toString);
  }

  private static void assertNotTold(RecordedRun run) {
    Validity validity = run.run().validity();
    assertTrue(
        validity.reasons().stream().noneMatch(reason -> reason.contains(SENTENCE)),
        validity::toString);
  }

  /** A task on each event loop of the load, from its first closed arrival to its last. */
  private static final class Burden implements ArrivalListener {
    private static final long LONGEST_NANOS = 60_000 * MILLI;

    private final long workNanos;
    private final long restNanos;
    private long endNanos;
    private volatile boolean over;

    private Burden(long workNanos, long restNanos) {
      this.workNanos = workNanos;
      this.restNanos = restNanos;
    }

    /** The next task waits when one ends. */
    static Burden saturating() {
      return new Burden(10 * MILLI, 0);
    }

    /** Three percent of a core. */
    static Burden light() {
      return new Burden(MILLI, 30 * MILLI);
    }

    /** Called on an event loop of the load. */
    @Override
    public void closed(Arrival arrival) {
      if (arrival.n() == 0) {
        endNanos = SystemNanoClock.INSTANCE.nanoTime() + LONGEST_NANOS;
        EventLoop loop = (EventLoop) ThreadExecutorMap.currentExecutor();
        loop.parent().forEach(this::next);
      }
      over |= arrival.n() == COUNT - 1;
    }

    private void next(EventExecutor loop) {
      var unused =
          loop.schedule(
              () -> {
                long now = SystemNanoClock.INSTANCE.nanoTime();
                while (SystemNanoClock.INSTANCE.nanoTime() - now < workNanos) {
                  Thread.onSpinWait();
                }
                if (!over && now < endNanos) {
                  next(loop);
                }
              },
              restNanos,
              TimeUnit.NANOSECONDS);
    }
  }

  /** Processes that use all the CPU time that they get. */
  private static final class BusyMachine implements AutoCloseable {
    private final List<Process> others = new ArrayList<>();

    BusyMachine() throws IOException {
      for (int other = 0; other < OTHERS; other++) {
        others.add(new ProcessBuilder("timeout", "120", "sh", "-c", "while :; do :; done").start());
      }
    }

    boolean alive() {
      return others.stream().allMatch(Process::isAlive);
    }

    @Override
    public void close() {
      others.forEach(Process::destroy);
    }
  }
}
