package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.gatling.phase.PhaseRun;
import dev.fanbench.gatling.phase.RoomNaming;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.gatling.target.Target;
import dev.fanbench.gatling.target.TargetFailure;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.record.RunPlan;
import dev.fanbench.measurement.record.RunRecorder;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.SharedWorkload;
import dev.fanbench.measurement.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Lets the load's own code be compiled before anything is measured.
 *
 * <p>A phase of a few arrivals a second would be measured by interpreted code otherwise: 30
 * publications at 2/s took 1.3 ms where an independent client saw 0.3 ms. So a second of every kind
 * of arrival goes to a floor of its own, while the targets start. All of it is discarded.
 */
final class LoadWarmUp {
  private static final String FLOOR = "floor";
  private static final int USERS = 64;
  private static final int PAYLOAD_BYTES = 64;
  private static final long DRAIN_MILLIS = 1_000;

  /** Sparse arrivals wait with a timer, and dense ones follow one another at once: both are run. */
  private static final Workload WORKLOAD =
      new Workload(
          "load-warm-up",
          List.of(
              new Phase("connect", PhaseKind.CONNECT, 0, 1, 100, 400, true),
              new Phase("echo", PhaseKind.ECHO, 0, 10, 1_000, 4_000, true),
              new Phase("chat", PhaseKind.CHAT, 10, 10, 200, 400, true),
              new Phase("fanout", PhaseKind.FANOUT, 50, 1, 400, 800, true)),
          ArrivalProcess.CONSTANT,
          PAYLOAD_BYTES,
          DRAIN_MILLIS,
          1);

  private LoadWarmUp() {}

  /**
   * Runs it with the options of the run, so that headers and compression are the same.
   *
   * @param end checked after each phase
   * @param scratch a directory, in which nothing is left
   * @return deliveries that came
   * @throws TargetFailure when the floor cannot be started
   * @throws IOException when there is none, as in the image of the load
   */
  static long run(Options options, Pinning pinning, EarlyEnd end, Path scratch)
      throws TargetFailure, IOException, InterruptedException {
    if (!Files.exists(options.home().resolve("servers").resolve(FLOOR))) {
      throw new IOException("there is no floor in servers/");
    }
    Path directory = Files.createTempDirectory(scratch, "fanbench-load-warm-up-");
    int loops = StartedTarget.loops(options.workload(), pinning);
    try (Target floor = Target.start(TargetChoice.named(options.home(), FLOOR), options, pinning);
        RunRecorder recorder =
            RunRecorder.open(
                directory,
                new RunPlan("", "", floor.description(), WORKLOAD, Map.of()),
                loops,
                SystemNanoClock.INSTANCE,
                Clock.systemUTC());
        StartedTarget started = StartedTarget.connect(floor, options, loops, recorder.clock())) {
      long delivered = 0;
      int publishers = 0;
      for (Phase phase : WORKLOAD.phases()) {
        PhaseRun run =
            new PhaseRun(
                phase,
                started.fleet(),
                recorder,
                RoomNaming.newTag(),
                publishers,
                SharedWorkload.alone(WORKLOAD),
                ArrivalListener.none());
        publishers += run.publishers();
        delivered += offer(run, recorder, end);
      }
      return delivered;
    } finally {
      delete(directory);
    }
  }

  private static long offer(PhaseRun run, RunRecorder recorder, EarlyEnd end)
      throws TargetFailure, IOException {
    List<String> failures = run.prepare(joined -> {});
    if (!failures.isEmpty()) {
      throw new IOException(failures.get(0));
    }
    run.begin();
    run.beginBlock(recorder.clock().nanoTime() + PhaseRun.LEAD_NANOS, () -> {});
    CompletableFuture.anyOf(run.takeArrivals(USERS), end.future()).join();
    run.endBlock(end.future());
    end.check();
    recorder.endBlock(null, null);
    PhaseResult result = recorder.end(null, null);
    run.close();
    return result.deliveryCount().delivered();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }
}
