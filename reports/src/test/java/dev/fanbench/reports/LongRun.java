package dev.fanbench.reports;

import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.record.DeliveryRecorder;
import dev.fanbench.measurement.record.PhaseRecorder;
import dev.fanbench.measurement.record.RunPlan;
import dev.fanbench.measurement.record.RunRecorder;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.verdict.Slo;
import dev.fanbench.measurement.verdict.ValidityCheck;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Workload;
import dev.fanbench.target.TargetCounter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A soak of many hours by a clock that is set, and its report: recorded, read back, judged and
 * drawn as a real one is. A program of its own, so that its heap can be limited.
 */
final class LongRun {
  /** The file with a line for each part. */
  static final String LIVE_BYTES = "live-bytes.txt";

  private static final long SECOND = 1_000_000_000;
  private static final int PARTS = 10;
  private static final int SUBSCRIBERS = 3;
  private static final int TICKS_PER_SECOND = 50;
  private static final int LONGEST_NANOS = 2_000_000;

  private final ManualNanoClock clock = new ManualNanoClock();
  private final Random random = new Random(1);
  private final Workload workload;

  /** Live bytes of the heap in the middle of each part, after a collection. */
  private final List<String> liveBytes = new ArrayList<>();

  private LongRun(int seconds, int rate) {
    int count = seconds / PARTS * rate;
    List<Phase> parts =
        IntStream.rangeClosed(1, PARTS)
            .mapToObj(
                part ->
                    new Phase(
                        "fanout-3-part-" + part,
                        PhaseKind.FANOUT,
                        SUBSCRIBERS,
                        1,
                        count,
                        rate,
                        false))
            .toList();
    workload = new Workload("soak", parts, ArrivalProcess.CONSTANT, 64, 1_000, 7);
  }

  /** Arguments: the directory, the seconds of the whole run and the publications per second. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    LongRun run = new LongRun(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    Path written = run.write(directory.resolve("runs"));
    Files.write(directory.resolve(LIVE_BYTES), run.liveBytes);
    ReportWriter.write(List.of(written), directory.resolve("site"));
  }

  private Path write(Path runs) throws IOException {
    TargetDescription target =
        new TargetDescription(
            "netty", "ws://127.0.0.1:9001", true, "here", "in-memory", List.of(), Map.of());
    RunPlan plan = new RunPlan("0.1.0", "unknown", target, workload, Map.of("os", "Linux"));
    try (RunRecorder run = RunRecorder.open(runs, plan, 1, clock, SimulatedRun.WALL)) {
      for (Phase phase : workload.phases()) {
        offer(run, run.begin(phase, 1, run.clock().nanoTime(), ArrivalListener.none()));
        run.end(used(), used());
        clock.moveTo(run.clock().nanoTime() + SECOND);
      }
      RecordedRun recorded = run.soFar();
      run.finish(ValidityCheck.of(recorded), Slo.checkAll(Slo.parseAll("missing==0"), recorded));
      return run.directory();
    }
  }

  private void offer(RunRecorder run, PhaseRecorder phase) throws IOException {
    long next = phase.startNanos() + SECOND;
    for (int n = 0; n < phase.phase().count(); n++) {
      long intended = phase.intendedAtNanos(n);
      if (intended >= next) {
        tick(run, phase, next);
        next += SECOND;
      }
      if (n == phase.phase().count() / 2) {
        liveBytes.add(String.valueOf(collected()));
      }
      phase.sent(n, intended + random.nextInt(20_000));
      DeliveryRecorder loop = phase.deliveries(0);
      for (int s = 0; s < SUBSCRIBERS; s++) {
        loop.delivered(
            s,
            phase.firstPublisher(),
            n,
            intended,
            intended + 100_000 + random.nextInt(LONGEST_NANOS),
            random.nextInt(30_000));
      }
    }
    tick(run, phase, next);
  }

  private static long collected() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  private void tick(RunRecorder run, PhaseRecorder phase, long atNanos) throws IOException {
    for (int i = 0; i < TICKS_PER_SECOND; i++) {
      phase.hiccups(0).tick(atNanos, atNanos + random.nextInt(LONGEST_NANOS));
    }
    clock.moveTo(atNanos);
    run.tick();
  }

  private Usage used() {
    double heap = 50e6 + random.nextInt(10_000_000);
    return new Usage(
        Map.of("loops", SECOND),
        0,
        10 * SECOND,
        "schedstat",
        Map.of(TargetCounter.HEAP_USED.key(), heap));
  }
}
