package dev.fanbench.gatling;

import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.FleetOptions;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.gatling.phase.PhaseRun;
import dev.fanbench.gatling.phase.RoomNames;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.gatling.target.Target;
import dev.fanbench.gatling.target.TargetFailure;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.record.RunRecorder;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.verdict.Slo;
import dev.fanbench.measurement.verdict.ValidityCheck;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * One workload against one target: start, phases, verdict. The steps are called in order by one
 * thread; {@link #arrivals} by any.
 */
final class TargetRun {
  private final TargetChoice choice;
  private final Workload workload;
  private final Options options;
  private final Pinning pinning;
  private final Progress progress;
  private final Consumer<String> fail;
  private final CompletableFuture<Void> over;

  private Target target;
  private RunRecorder recorder;
  private Fleet fleet;
  private Meters meters;
  private Ticker ticker;
  private int publishers;
  private final String tag = RoomNames.newTag();
  private final AtomicInteger next = new AtomicInteger();
  private int attempt = 1;
  private int repeatsLeft;
  private TargetOutage outage;
  private volatile PhaseRun phase;
  private volatile Run result;

  TargetRun(
      TargetChoice choice,
      Workload workload,
      Options options,
      Pinning pinning,
      Progress progress,
      Consumer<String> fail,
      CompletableFuture<Void> over) {
    this.choice = choice;
    this.workload = workload;
    this.options = options;
    this.pinning = pinning;
    this.progress = progress;
    this.fail = fail;
    this.over = over;
    repeatsLeft = choice instanceof TargetChoice.Remote ? 0 : options.repeats();
  }

  String label() {
    return choice.label();
  }

  Workload workload() {
    return workload;
  }

  /** Where it is written, once it has begun. */
  synchronized Optional<Path> directory() {
    return Optional.ofNullable(recorder).map(RunRecorder::directory);
  }

  /** The judged run; empty when it did not come that far. */
  Optional<Run> result() {
    return Optional.ofNullable(result);
  }

  /** The target's process, when it is on this machine and of our making. */
  OptionalLong pid() {
    return target.pid();
  }

  /** Starts the target, opens the run directory and the fleet. */
  void start() throws TargetFailure, IOException, InterruptedException {
    progress.starting(label());
    launch();
    synchronized (this) {
      recorder =
          RunRecorder.open(
              options.runs(),
              Environments.plan(options.home(), target, workload, pinning),
              loops(),
              SystemNanoClock.INSTANCE,
              Clock.systemUTC());
    }
    if (options.live().isPresent()) {
      recorder.onInterval(progress.live()::ticked);
    }
    connect();
    ticker = Ticker.start(recorder, () -> progress.now(standing()), fail);
  }

  private void launch() throws TargetFailure, InterruptedException {
    Target started = Target.start(choice, options, pinning);
    var unused = started.ended().thenAccept(fail);
    synchronized (this) {
      target = started;
    }
  }

  private synchronized void connect() {
    fleet =
        Fleet.open(
            FleetOptions.of(target.url(), recorder.clock())
                .withLoops(loops())
                .withHeaders(options.headers())
                .withProof(target.proof())
                .withDialect(target.dialect())
                .withTrust(options.trust())
                .withDeflate(options.deflate()));
    meters = new Meters(target, recorder.clock());
  }

  /** A new process of the same target, because the one there was has served somebody. */
  private void startAnew() throws TargetFailure, InterruptedException {
    leave();
    progress.starting(label());
    launch();
    connect();
  }

  /** Whether a phase, or a repeat of one, is left to run. Any thread. */
  boolean hasNextPhase() {
    return next.get() < workload.phases().size();
  }

  /**
   * Opens the connections of the next phase.
   *
   * @param listeners told of each closed arrival, on whatever thread closes it; for this attempt at
   *     the phase, counted from 1
   */
  void prepareNextPhase(BiFunction<Phase, Integer, ArrivalListener> listeners)
      throws TargetFailure, IOException {
    Phase coming = workload.phases().get(next.get());
    progress.begins(label(), coming);
    int stale = StaleMembers.perRoom(coming, options.stale(choice));
    if (stale > 0) {
      progress.now(label() + ": " + coming.name() + ", leaving stale members behind");
      new StaleMembers(target, fleet).leaveBehind(RoomNames.of(coming, tag()), stale);
    }
    PhaseRun run = new PhaseRun(coming, fleet, recorder, tag(), publishers, workload);
    publishers += run.publishers();
    List<String> failures =
        run.prepare(
            listeners.apply(coming, attempt),
            joined -> progress.now(label() + ": " + coming.name() + ", " + joined + " joined"));
    if (!failures.isEmpty()) {
      throw new TargetFailure(
          "Phase " + coming.name() + " could not begin: " + String.join("; ", failures) + ".");
    }
    outage = new TargetOutage(target, coming.outage(), recorder.clock(), fail);
    run.makeOutageBy(outage::begin);
    if (!coming.warmUp()) {
      target.pid().ifPresent(pinning::confine);
    }
    meters.begin();
    phase = run;
  }

  /** Takes arrivals of the running phase in turn with other callers, until there are no more. */
  void arrivals(Runnable onward) {
    phase.arrivals(onward);
  }

  /** Waits for the last deliveries, writes the phase, closes its connections and moves on. */
  void endPhase() throws TargetFailure, IOException, InterruptedException {
    phase.awaitEnd(over);
    if (over.isDone()) {
      return;
    }
    Map<String, Double> counters = phase.counters();
    if (phase.phase().outage().any()) {
      CompletableFuture.anyOf(outage.ended(), over).join();
      counters.putAll(outage.ended().getNow(Map.of()));
    }
    Meters.Reading reading = meters.end(counters);
    recorder.end(reading.target(), reading.load());
    target.pid().ifPresent(pinning::release);
    phase.close();
    goOn();
    if (hasNextPhase() && !workload.phases().get(next.get()).warmUp()) {
      meters.awaitQuiet();
    }
  }

  /** To the next phase, or once more to this one when stalls of the load spoiled it. */
  private void goOn() throws TargetFailure, IOException, InterruptedException {
    List<RecordedPhase> ended = recorder.soFar().phases();
    RecordedPhase last = ended.get(ended.size() - 1);
    List<String> reasons = ValidityCheck.spoiledBy(last);
    if (reasons.isEmpty() || repeatsLeft == 0) {
      attempt = 1;
      next.incrementAndGet();
      return;
    }
    recorder.spoil(reasons);
    progress.repeats(label(), last.phase(), reasons);
    repeatsLeft--;
    attempt++;
    if (workload.isCold(last.phase())) {
      startAnew();
    }
  }

  /** Judges the run, writes {@code run.json} and stops the target. */
  void end() throws IOException {
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
        recorder.fail(reason);
      } catch (IOException e) {
        progress.say(label() + ": the run could not be written: " + e.getMessage());
      }
    }
    leave();
  }

  /** Closes every connection, and the target where it is ours. */
  private synchronized void leave() {
    if (fleet != null) {
      fleet.close();
      fleet = null;
    }
    if (target != null) {
      target.close();
    }
  }

  private String standing() {
    PhaseRun current = phase;
    return label() + ": " + (current == null ? "starting" : current.standing());
  }

  /** Makes room names new to a target that outlives this run, or this attempt at a phase. */
  private String tag() {
    return attempt == 1 ? tag : tag + "-" + attempt;
  }

  /** One on up to two cores, so that load and target can have one each. */
  private static int loops() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 4);
  }
}
