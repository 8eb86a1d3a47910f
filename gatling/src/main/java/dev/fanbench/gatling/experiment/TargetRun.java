package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.options.OptionCatalog;
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
import dev.fanbench.measurement.run.FileError;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.verdict.Slo;
import dev.fanbench.measurement.verdict.SloWatch;
import dev.fanbench.measurement.verdict.ValidityCheck;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * One workload against one target.
 *
 * <p>{@link #open}, {@link #join} and {@link #finish} belong to the thread of the experiment. The
 * rest may be called by any.
 */
public final class TargetRun {
  private final TargetChoice choice;
  private final Options options;
  private final Pinning pinning;
  private final Progress progress;
  private final EarlyEnd end;
  private final PeerGroup peers;

  /** Makes room names new to a target that outlives this run. */
  private String tag = "";

  private int publishers;
  private RunRecorder recorder;
  private Ticker ticker;
  private Target target;
  private StartedTarget started;
  private volatile PhaseRun offered;
  private volatile Run result;

  /**
   * @param end checked between steps, and told when the target dies
   * @param peers the other load processes of the run
   */
  TargetRun(
      TargetChoice choice,
      Options options,
      Pinning pinning,
      Progress progress,
      EarlyEnd end,
      PeerGroup peers) {
    this.choice = choice;
    this.options = options;
    this.pinning = pinning;
    this.progress = progress;
    this.end = end;
    this.peers = peers;
  }

  String label() {
    return choice.label();
  }

  /** The run's directory; empty before {@link #open} made it. */
  public synchronized Optional<Path> directory() {
    return Optional.ofNullable(recorder).map(RunRecorder::directory);
  }

  /** The judged run; empty when it did not come that far. */
  public Optional<Run> result() {
    return Optional.ofNullable(result);
  }

  /** The target's process, when fanbench started it on this machine. */
  OptionalLong pid() {
    return target.pid();
  }

  /** Starts the target. May be called while others start; blocks until it is ready. */
  void launch() throws TargetFailure, InterruptedException {
    end.check();
    progress.starting(label());
    Target launched = StartedTarget.launch(choice, options, pinning, end);
    synchronized (this) {
      target = launched;
    }
  }

  /**
   * Opens the run directory and the clients.
   *
   * @param experiment the name of those that it takes turns with
   * @param roomTag letters and digits that make its room names new to the target
   */
  void open(String experiment, String roomTag) throws IOException {
    tag = roomTag;
    open(RunEnvironment.plan(options.home(), target, options.offered(), pinning, experiment));
    listen();
    connect();
    ticker = Ticker.start(recorder, this::tell, end);
  }

  /** Without a listener no interval is copied. */
  private void listen() {
    List<Consumer<PhaseProgress>> listeners = new ArrayList<>();
    if (options.get(OptionCatalog.LIVE).isPresent()) {
      listeners.add(told -> progress.live().ticked(label(), told));
    }
    if (options.get(OptionCatalog.ABORT_ON).equals("slo")) {
      SloWatch watch = new SloWatch(options.slos());
      recorder.onArrival(watch::add);
      listeners.add(told -> watch.lost(told).ifPresent(lost -> end.because(label(), lost)));
    }
    if (!listeners.isEmpty()) {
      recorder.onInterval(told -> listeners.forEach(listener -> listener.accept(told)));
    }
  }

  private synchronized void open(RunPlan plan) throws IOException {
    recorder =
        RunRecorder.open(
            options.directory(OptionCatalog.OUT),
            plan,
            loops(),
            SystemNanoClock.INSTANCE,
            Clock.systemUTC());
  }

  private synchronized void connect() {
    started = StartedTarget.connect(target, options, loops(), recorder.clock());
    started.fleet().onError(end::failed);
  }

  private int loops() {
    return StartedTarget.loops(options.workload(), pinning);
  }

  /**
   * Fills the rooms of a phase.
   *
   * @param listener told of each closed arrival, on the thread that closes it
   */
  JoinedPhase join(Phase phase, ArrivalListener listener)
      throws TargetFailure, IOException, InterruptedException {
    end.check();
    if (phase.warmUp()) {
      started.meter().settle();
    } else {
      started.meter().awaitQuiet();
    }
    leaveStaleMembers(phase);
    PhaseRun run =
        new PhaseRun(
            phase, started.fleet(), recorder, tag, publishers, options.offered(), listener);
    publishers += run.publishers();
    boolean silent = phase.kind() == PhaseKind.IDLE && !phase.warmUp();
    ConnectionMemory memory = silent ? ConnectionMemory.before(started, recorder.clock()) : null;
    List<String> failures =
        run.prepare(
            joined -> {
              peers.progressed();
              progress.now(label() + ": " + phase.name() + ", " + joined + " joined");
            });
    if (!failures.isEmpty()) {
      throw new TargetFailure(
          "%s: phase %s could not begin: %s."
              .formatted(label(), phase.name(), String.join("; ", failures)));
    }
    if (silent) {
      memory.opened();
    }
    return new JoinedPhase(
        run, started, recorder, pinning, end, options.leastWarmUp(), memory, peers, this::offers);
  }

  /** Between blocks other targets are measured, and this run has nothing to tell. */
  private void offers(PhaseRun run) {
    offered = run;
    if (run != null) {
      progress.offers(label(), run.phase());
    }
  }

  private void leaveStaleMembers(Phase phase) throws TargetFailure {
    int stale = StaleMemberMaker.perRoom(phase, options.stale(choice));
    if (stale > 0) {
      progress.now(label() + ": " + phase.name() + ", leaving stale members behind");
      new StaleMemberMaker(started.target(), started.fleet())
          .leaveBehind(RoomNaming.of(options.offered().share(phase), tag), stale);
    }
  }

  /** Judges the run, writes {@code run.json} and stops the target. */
  void finish() throws IOException {
    RecordedRun recorded = recorder.soFar();
    Run run = recorder.finish(ValidityCheck.of(recorded), Slo.checkAll(options.slos(), recorded));
    result = run;
    progress.say(label() + ": " + run.validity().verdict());
    close("the run was cut short");
  }

  /**
   * Ends what is running. A run that has not been judged by now is FAILED for the reason given.
   * Safe to call twice and from a shutdown hook.
   */
  synchronized void close(String reason) {
    if (ticker != null) {
      ticker.close();
    }
    if (recorder != null) {
      try {
        recorder.fail(reason, end.lostBy(label()));
      } catch (IOException e) {
        progress.say(label() + ": the run could not be written: " + FileError.words(e));
      } catch (RuntimeException | Error e) {
        progress.say(label() + ": the run could not be written. " + end.sentence(e));
      }
    }
    stopTarget();
  }

  private synchronized void stopTarget() {
    if (started != null) {
      started.close();
      started = null;
    } else if (target != null) {
      target.close();
    }
  }

  private void tell() {
    PhaseRun run = offered;
    if (run != null) {
      progress.now(label() + ": " + run.phase().name() + ", " + run.progress());
    }
  }
}
