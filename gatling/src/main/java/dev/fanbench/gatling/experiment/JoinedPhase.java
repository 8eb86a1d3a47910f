package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.phase.PhaseRun;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.gatling.target.TargetFailure;
import dev.fanbench.measurement.record.RunRecorder;
import dev.fanbench.measurement.run.IdleCounter;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.workload.Phase;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One target in a phase whose rooms are filled. Its steps follow one another, and other targets
 * have their blocks in between or at the same time. For one thread at a time.
 */
final class JoinedPhase {
  /** A target is warm when its compilers use less than this share of a core. */
  private static final double QUIET_COMPILERS = 0.02;

  /** From the last lost connection to the end of the process that lost it. */
  private static final long DEATH_MILLIS = 1_000;

  private final PhaseRun run;
  private final StartedTarget started;
  private final RunRecorder recorder;
  private final Pinning pinning;
  private final EarlyEnd end;
  private final TargetOutage outage;
  private final double leastShare;
  private final Consumer<PhaseRun> offering;
  private final UsageTotal target = new UsageTotal();
  private final UsageTotal load = new UsageTotal();
  private final IdleMeter idle;
  private final ConnectionMemory memory;
  private final PeerGroup peers;
  private boolean warm;
  private int alternatedBlocks;

  /**
   * @param leastShare of the blocks of a warm-up that are offered to a target that is warm, too
   * @param memory measured before the connections were opened; null but in an idle phase
   * @param peers the other load processes of the run
   * @param offering told when a block begins, and with null when it has ended
   */
  JoinedPhase(
      PhaseRun run,
      StartedTarget started,
      RunRecorder recorder,
      Pinning pinning,
      EarlyEnd end,
      double leastShare,
      ConnectionMemory memory,
      PeerGroup peers,
      Consumer<PhaseRun> offering) {
    this.run = run;
    this.started = started;
    this.recorder = recorder;
    this.pinning = pinning;
    this.end = end;
    this.leastShare = leastShare;
    this.memory = memory;
    this.peers = peers;
    this.offering = offering;
    this.idle = new IdleMeter(recorder.clock());
    this.outage = new TargetOutage(started.target(), run.phase().outage(), recorder.clock(), end);
  }

  /** The phase that the rooms are filled for. */
  Phase phase() {
    return run.phase();
  }

  /** Label of the target. */
  String label() {
    return started.target().description().label();
  }

  /** Waits until the target has handled all joins, and confines it to its cores. */
  void begin() throws TargetFailure, IOException, InterruptedException {
    if (!run.phase().warmUp()) {
      started.meter().awaitQuiet();
      started.target().roots().forEach(pinning::confine);
    }
    if (memory != null) {
      memory.after();
    }
    run.begin();
    var unused = run.allLost().thenAccept(this::lostAll);
  }

  /** A target that fanbench started has died first, which its process tells in a moment. */
  private void lostAll(String sentence) {
    long wait = started.target().pid().isPresent() ? DEATH_MILLIS : 0;
    CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS)
        .execute(() -> end.because(label(), label() + ": " + sentence));
  }

  /** Offers a block and waits for its last deliveries. A target that is warm needs no warm-up. */
  void offer(int block, UserPool users) throws TargetFailure, IOException, InterruptedException {
    end.check();
    if (run.phase().warmUp() && warm && block >= leastShare * run.phase().blocks()) {
      return;
    }
    idle.end();
    offering.accept(run);
    offerFrom(peers.start(run.phase(), block, recorder), block, users);
  }

  /**
   * The same while the other target of a duet has a block, too.
   *
   * @param firstNanos the first intended time, in the clock of the system
   */
  void offerAlternately(long firstNanos, int block, UserPool users)
      throws TargetFailure, IOException, InterruptedException {
    end.check();
    alternatedBlocks++;
    idle.end();
    offering.accept(run);
    offerFrom(firstNanos - recorder.clock().epochNanos(), block, users);
  }

  private void offerFrom(long startNanos, int block, UserPool users)
      throws TargetFailure, IOException, InterruptedException {
    started.meter().begin();
    run.beginBlock(startNanos, outage::begin);
    users.take(run, end.future());
    if (end.lost()) {
      run.stop();
    }
    run.endBlock(end.future());
    if (run.allLost().isDone()) {
      end.future().join();
    }
    peers.settle(run, block);
    end.check();
    if (run.phase().outage().any()) {
      CompletableFuture.anyOf(outage.ended(), end.future()).join();
    }
    PhaseMeter.Reading reading = started.meter().end();
    recorder.endBlock(reading.target(), reading.load());
    target.add(reading.target());
    load.add(reading.load());
    Optional<String> rejection = run.rejection();
    if (rejection.isPresent()) {
      throw new TargetFailure(label() + ": " + rejection.get());
    }
    warm = peers.areThere() || isWarm(reading.target());
    offering.accept(null);
    if (run.phase().blocks() > 1 && !run.phase().warmUp()) {
      started.meter().settle();
      idle.begin(started.target().metered());
    }
  }

  private static boolean isWarm(Usage used) {
    return used == null
        || used.cpuNanosByGroup().getOrDefault(Usage.JIT, 0L) < QUIET_COMPILERS * used.wallNanos();
  }

  /** Writes the phase, closes its connections and gives the target all cores. */
  void leave() throws IOException {
    idle.end();
    Map<String, Double> counters = new HashMap<>(run.counters());
    counters.putAll(outage.ended().getNow(Map.of()));
    if (alternatedBlocks > 0) {
      counters.put(PhaseResult.ALTERNATED, (double) alternatedBlocks);
    }
    Map<String, Double> ofTarget = new HashMap<>(idle.counters());
    if (memory != null) {
      ofTarget.putAll(memory.ofTarget());
      counters.putAll(memory.ofLoad());
      counters.put(
          IdleCounter.RECEIVED_BYTES.key(), counters.getOrDefault(PhaseResult.RECEIVED_BYTES, 0.0));
    }
    Map<String, String> examples = new HashMap<>(started.fleet().examples().join());
    run.lossReason().ifPresent(reason -> examples.put(PhaseResult.LOST, reason));
    recorder.end(target.with(ofTarget), load.with(counters), examples);
    started.target().roots().forEach(pinning::release);
    run.close();
  }
}
