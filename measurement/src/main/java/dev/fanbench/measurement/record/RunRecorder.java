package dev.fanbench.measurement.record;

import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.clock.RunClock;
import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.ArrivalSchema;
import dev.fanbench.measurement.run.BlockResult;
import dev.fanbench.measurement.run.ClockBound;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.RunDirectory;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.RunShare;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.schedule.SendSchedule;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Shard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes one run directory, from its epoch to {@code run.json}.
 *
 * <pre>{@code
 * try (RunRecorder run = RunRecorder.open(runs, plan, loops, SystemNanoClock.INSTANCE, Clock.systemUTC())) {
 *   // once a second, on a thread that is no event loop: run.tick()
 *   for (Phase phase : plan.workload().phases()) {
 *     PhaseRecorder recorder = run.begin(phase, publishers, run.clock().nanoTime() + lead, listener);
 *     ... drive it until recorder.settled() or its deadline ...
 *     run.end(targetUsage, loadUsage);
 *   }
 *   RecordedRun recorded = run.soFar();
 *   run.finish(validity of recorded, SLOs of recorded);
 * }
 * }</pre>
 *
 * Closed before it is finished, it leaves a directory labelled FAILED. Thread-safe.
 */
public final class RunRecorder implements AutoCloseable {
  private final RunPlan plan;
  private final int loops;
  private final RunDirectory directory;
  private final RunClock clock;
  private final Clock wall;
  private final Instant startedAt;
  private final IntervalWriter intervals;
  private final PublicationWriter publications;
  private final List<PhaseResult> results = new ArrayList<>();
  private final List<BlockResult> blocks = new ArrayList<>();
  private final List<ClockBound> clocks = new ArrayList<>();
  private long copiesBefore;
  private PhaseRecorder current;
  private PhaseRecorder previous;
  private int publishers;

  private boolean finished;

  private RunRecorder(
      RunPlan plan, int loops, RunDirectory directory, RunClock clock, Clock wall, Instant start)
      throws IOException {
    this.plan = plan;
    this.loops = loops;
    this.directory = directory;
    this.clock = clock;
    this.wall = wall;
    startedAt = start;
    intervals =
        new IntervalWriter(new IntervalLog(directory.latencyLog(), start.toEpochMilli()), clock);
    publications = new PublicationWriter(directory.publications());
    ArrivalSchema.write(directory);
  }

  /**
   * Makes the directory {@code <utc>-<workload>-<target>} and starts the run's clock.
   *
   * @param runs where run directories live; made when missing
   * @param loops event loops that will report deliveries
   * @param source what the run's clock reads
   * @param wall time of day, for names and headers only: no latency ever sees it
   */
  public static RunRecorder open(Path runs, RunPlan plan, int loops, NanoClock source, Clock wall)
      throws IOException {
    Instant start = wall.instant().truncatedTo(ChronoUnit.MILLIS);
    Path directory =
        RunDirectoryName.newDirectory(
            runs, start, plan.offered().whole().name(), plan.target().label());
    return new RunRecorder(
        plan, loops, new RunDirectory(directory), RunClock.startingNow(source), wall, start);
  }

  /** The directory that this run is written to. */
  public Path directory() {
    return directory.path();
  }

  /** The clock of every time this run is told. */
  public RunClock clock() {
    return clock;
  }

  /**
   * Calls a listener for each interval that is written, in the thread that ticks or ends a phase.
   * The listener must not block. Without such a listener no interval is copied.
   */
  public synchronized void onInterval(Consumer<PhaseProgress> listener) {
    intervals.tell(listener);
  }

  /**
   * Calls a listener for each closed arrival of a phase, in order, at the ticks. One that is open
   * holds up those behind it. The listener must not block.
   */
  public synchronized void onArrival(Consumer<Arrival> listener) {
    publications.tell(listener);
  }

  /**
   * Begins a phase of the workload and its first block.
   *
   * @param phase one of the workload's
   * @param publishers how many publishers will stamp its arrivals; they get numbers of their own
   * @param startNanos intended time of the first arrival on {@link #clock()}
   * @throws IllegalStateException when a phase is running or the run is finished
   */
  public synchronized PhaseRecorder begin(
      Phase phase, int publishers, long startNanos, ArrivalListener listener) {
    PhaseRecorder begun = begin(phase, publishers, listener);
    beginBlock(startNanos);
    return begun;
  }

  /**
   * Begins a phase, whose blocks are to begin later. Its parameters are as above.
   *
   * @throws IllegalStateException when a phase is running or the run is finished
   */
  public synchronized PhaseRecorder begin(Phase phase, int publishers, ArrivalListener listener) {
    return begin(phase, publishers, null, listener);
  }

  /**
   * Begins a phase against a target of several nodes. Its parameters are as above.
   *
   * @param nodes the places of its clients; null for a target of one node
   * @throws IllegalStateException when a phase is running or the run is finished
   */
  public synchronized PhaseRecorder begin(
      Phase phase, int publishers, NodeMap nodes, ArrivalListener listener) {
    if (current != null || finished) {
      throw new IllegalStateException(
          finished ? "the run is finished" : "phase " + current.phase().name() + " is running");
    }
    current =
        new PhaseRecorder(
            new PhasePlan(
                phase,
                SendSchedule.of(plan.offered(), plan.offered().indexOf(phase)),
                plan.offered().whole().drainMillis() * 1_000_000,
                this.publishers,
                publishers,
                loops,
                plan.offered().share(phase),
                nodes),
            listener);
    this.publishers += current.publisherNumbers();
    blocks.clear();
    publications.begin(current);
    return current;
  }

  /**
   * Begins the next block of the running phase.
   *
   * @param startNanos intended time of its first arrival on {@link #clock()}
   * @throws IllegalStateException when no phase is running, or its last block has begun
   */
  public synchronized void beginBlock(long startNanos) {
    PhaseRecorder phase = running();
    if (phase.blocksBegun() == phase.phase().blocks()) {
      throw new IllegalStateException("phase " + phase.phase().name() + " has no more blocks");
    }
    copiesBefore = phase.copies();
    phase.beginBlock(startNanos);
    intervals.begin();
  }

  /** Notes the clock of shard 0, for the run's description only. */
  public synchronized void clock(ClockBound bound) {
    clocks.add(bound);
  }

  /**
   * Ends the latest block. Deliveries that come later are late.
   *
   * @param target what the target used in it; null when unknown
   * @param load usage of the load's own process; null when unknown
   * @throws IllegalStateException when no phase is running
   */
  public synchronized void endBlock(Usage target, Usage load) throws IOException {
    PhaseRecorder phase = running();
    int block = phase.blocksBegun() - 1;
    int first = phase.phase().firstOfBlock(block);
    blocks.add(
        new BlockResult(
            first,
            phase.phase().firstOfBlock(block + 1) - first,
            phase.startNanos(),
            clock.nanoTime(),
            phase.copies() - copiesBefore,
            target,
            load));
    intervals.write(name(), phase);
  }

  private PhaseRecorder running() {
    if (current == null) {
      throw new IllegalStateException("no phase is running");
    }
    return current;
  }

  /**
   * Appends an interval to the log; call it once a second. Between phases it does nothing. Gives
   * its core away between one series and the next, as an event loop may be waiting for it.
   */
  public synchronized void tick() throws IOException {
    if (current != null) {
      intervals.write(name(), current);
      publications.tellClosed();
      publications.write(current.turn(clock.nanoTime()));
    }
  }

  /**
   * Completes the running phase and writes what is left of it.
   *
   * @param target what the target used in all blocks; null when unknown
   * @param load usage of the load's own process; null when unknown
   * @throws IllegalStateException when no phase is running
   */
  public synchronized PhaseResult end(Usage target, Usage load) throws IOException {
    return end(target, load, Map.of());
  }

  /**
   * Completes the running phase. The parameters are as above.
   *
   * @param examples the first frame of each kind that is no delivery, by kind
   */
  public synchronized PhaseResult end(Usage target, Usage load, Map<String, String> examples)
      throws IOException {
    PhaseRecorder phase = running();
    phase.complete();
    long endNanos = clock.nanoTime();
    intervals.write(name(), phase);
    publications.write(phase.phase().count());
    publications.flush();
    PhaseResult result =
        new PhaseResult(
            phase.phase(),
            1,
            List.of(),
            blocks.isEmpty() ? phase.startNanos() : blocks.get(0).startNanos(),
            endNanos,
            phase.achievedPerSecond(),
            phase.deliveryCount().plusLate(lateForThePrevious()),
            phase.undelivered(),
            target,
            load,
            blocks,
            examples,
            phase.failures());
    results.add(result);
    previous = phase;
    current = null;
    return result;
  }

  /**
   * All that was recorded so far, read back from the files, so that verdicts judge what is kept.
   */
  public synchronized RecordedRun soFar() throws IOException {
    intervals.flush();
    publications.flush();
    return RunReader.read(
        directory,
        run(
            new Validity(Validity.Verdict.FAILED, List.of("the run has not finished"), List.of()),
            List.of()));
  }

  /**
   * Writes {@code run.json}, the last thing a run does.
   *
   * @throws IllegalStateException when a phase is running or the run is finished
   */
  public synchronized Run finish(Validity validity, List<SloVerdict> slos) throws IOException {
    if (current != null || finished) {
      throw new IllegalStateException(finished ? "the run is finished" : "a phase is running");
    }
    finished = true;
    intervals.close();
    publications.close();
    Run run = run(validity, slos);
    directory.write(run);
    return run;
  }

  /**
   * Ends the run as FAILED: completes what is running, and writes what there is. Does nothing to a
   * finished run.
   *
   * @param reason one sentence: {@code target died}
   */
  public synchronized void fail(String reason) throws IOException {
    fail(reason, List.of());
  }

  /**
   * The same with the thresholds that are decided.
   *
   * @param slos verdicts that end the run
   */
  public synchronized void fail(String reason, List<SloVerdict> slos) throws IOException {
    if (finished) {
      return;
    }
    if (current != null) {
      end(null, null);
    }
    finish(new Validity(Validity.Verdict.FAILED, List.of(reason), List.of()), slos);
  }

  /** As {@link #fail}, when the run is not finished. */
  @Override
  public void close() throws IOException {
    fail("the run was cut short");
  }

  private String name() {
    return current.phase().name();
  }

  /** Deliveries that came after the previous phase was complete and before this one was. */
  private long lateForThePrevious() {
    return previous == null ? 0 : previous.afterClose();
  }

  private RunShare share() {
    Shard shard = plan.offered().shard();
    return shard.isAlone()
        ? null
        : new RunShare(shard.index(), shard.count(), plan.offered().whole(), clocks);
  }

  private Run run(Validity validity, List<SloVerdict> slos) {
    return new Run(
        Run.SCHEMA_VERSION,
        directory.path().getFileName().toString(),
        startedAt.toString(),
        wall.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
        plan.fanbenchVersion(),
        plan.revision(),
        plan.target(),
        plan.workload(),
        plan.environment(),
        results,
        validity,
        slos,
        plan.experiment(),
        share(),
        1);
  }
}
