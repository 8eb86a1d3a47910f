package dev.fanbench.reports;

import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.record.NodeMap;
import dev.fanbench.measurement.record.PhaseRecorder;
import dev.fanbench.measurement.record.RunPlan;
import dev.fanbench.measurement.record.RunRecorder;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.FailureInterval;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes run directories with the real recorder on a clock that the simulation moves. */
final class SimulatedRun {

  static final Validity VALID = new Validity(Validity.Verdict.VALID, List.of(), List.of());

  static final Clock WALL = Clock.fixed(Instant.parse("2026-11-20T21:30:00Z"), ZoneOffset.UTC);
  private static final long SECOND = 1_000_000_000L;

  /** Connects above this rate wait in line. */
  private static final double STORM_PER_SECOND = 300;

  private static final int LARGE_BYTES = 10_000;

  private final SimulatedTarget target;
  private final Random random;
  private final ManualNanoClock clock = new ManualNanoClock();
  private long ticked;
  private long sinceDrop;
  private boolean losing;
  private boolean onTwoNodes;
  private long lostAtNanos = Long.MAX_VALUE - 10_000 * SECOND;

  private SimulatedRun(SimulatedTarget target, long seed) {
    this.target = target;
    this.random = new Random(seed);
  }

  /** The workload of DESIGN.md's default run, or a small one with the same phases. */
  static Workload workload(boolean small) {
    int trips = small ? 60 : 1_000;
    List<Phase> phases =
        List.of(
            new Phase("connect", PhaseKind.CONNECT, 0, 1, trips, 200, false),
            new Phase("echo", PhaseKind.ECHO, 0, 1, trips, 200, false),
            new Phase("chat", PhaseKind.CHAT, 1, 1, trips, 200, false),
            fanOut(1, small ? 40 : 1_000, 200),
            fanOut(10, small ? 40 : 1_000, 200),
            fanOut(100, small ? 40 : 500, 40),
            fanOut(1_000, small ? 20 : 100, 4));
    List<Phase> some = small ? phases.subList(0, 6) : phases;
    return new Workload(small ? "small" : "default", some, ArrivalProcess.CONSTANT, 64, 2_000, 1);
  }

  /** Writes one run and returns its directory. */
  static Path write(
      Path runs,
      SimulatedTarget target,
      Workload workload,
      Validity validity,
      List<SloVerdict> slos)
      throws IOException {
    return write(runs, WALL, target, workload, validity, slos);
  }

  /** Writes one run that was started at some other time. */
  static Path write(
      Path runs,
      Clock wall,
      SimulatedTarget target,
      Workload workload,
      Validity validity,
      List<SloVerdict> slos)
      throws IOException {
    SimulatedRun simulation = new SimulatedRun(target, workload.seed());
    RunPlan plan = new RunPlan("0.1.0", "366c5a5", target.description(), workload, environment());
    try (RunRecorder run = RunRecorder.open(runs, plan, 1, simulation.clock, wall)) {
      for (Phase phase : workload.phases()) {
        simulation.play(run, phase);
      }
      run.finish(validity, slos);
      return run.directory();
    }
  }

  /**
   * Writes a run that loses two connections, and has one refusal, after a quarter of each phase.
   * Two seconds before each phase, three joins are refused at first.
   */
  static Path writeLosing(Path runs, SimulatedTarget target, Workload workload) throws IOException {
    SimulatedRun simulation = new SimulatedRun(target, workload.seed());
    simulation.losing = true;
    RunPlan plan = new RunPlan("0.1.0", "366c5a5", target.description(), workload, environment());
    try (RunRecorder run = RunRecorder.open(runs, plan, 1, simulation.clock, WALL)) {
      for (Phase phase : workload.phases()) {
        simulation.play(run, phase);
      }
      run.finish(VALID, List.of());
      return run.directory();
    }
  }

  /** Writes a run of a target that is two nodes. */
  static Path writeOnTwoNodes(Path runs, SimulatedTarget target, Workload workload)
      throws IOException {
    SimulatedRun simulation = new SimulatedRun(target, workload.seed());
    simulation.onTwoNodes = true;
    RunPlan plan = new RunPlan("0.1.0", "366c5a5", target.description(), workload, environment());
    try (RunRecorder run = RunRecorder.open(runs, plan, 1, simulation.clock, WALL)) {
      for (Phase phase : workload.phases()) {
        simulation.play(run, phase);
      }
      run.finish(VALID, List.of());
      return run.directory();
    }
  }

  private static Usage usedByRefusedJoins() {
    return new Usage(Map.of(), 0, 30 * SECOND, "schedstat", Map.of(PhaseResult.REFUSED_JOINS, 3.0));
  }

  private static void lose(PhaseRecorder recorder, long atNanos) {
    recorder.lostConnection(atNanos);
    recorder.lostConnection(atNanos);
    recorder.deliveries(0).refused(atNanos);
  }

  /** Writes a run whose target died in the middle of its last phase. */
  static Path writeKilled(Path runs, SimulatedTarget target, Workload workload) throws IOException {
    SimulatedRun simulation = new SimulatedRun(target, workload.seed());
    RunPlan plan = new RunPlan("0.1.0", "366c5a5", target.description(), workload, environment());
    try (RunRecorder run = RunRecorder.open(runs, plan, 1, simulation.clock, WALL)) {
      Phase last = workload.phases().get(workload.phases().size() - 1);
      long start = run.clock().nanoTime();
      simulation.ticked = start;
      PhaseRecorder recorder = run.begin(last, 1, start, ArrivalListener.none());
      for (int n = 0; n < last.count() / 2; n++) {
        simulation.tickUntil(run, recorder, recorder.intendedAtNanos(n));
        simulation.arrive(recorder, n);
      }
      run.fail("target died");
      return run.directory();
    }
  }

  private static Phase fanOut(int subscribers, int count, double rate) {
    return new Phase("fanout-" + subscribers, PhaseKind.FANOUT, subscribers, 1, count, rate, false);
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("machine", "simulated, 2 cores, 8 GB");
    environment.put("operating system", "Linux 6.18 amd64");
    environment.put("JVM of the load", "OpenJDK 17.0.15, -Xmx1G");
    environment.put("pinning", "load and target on different cores");
    return environment;
  }

  private void play(RunRecorder run, Phase phase) throws IOException {
    long start = run.clock().nanoTime() + SECOND / 10;
    ticked = start;
    PhaseRecorder recorder =
        run.begin(phase, 1, onTwoNodes ? halves(phase) : null, ArrivalListener.none());
    run.beginBlock(start);
    if (losing) {
      long refused = start - 2 * SECOND;
      recorder.refusedJoins(
          List.of(new FailureInterval(PhaseResult.REFUSED_JOIN, refused, refused + SECOND / 8, 3)));
    }
    for (int n = 0; n < phase.count(); n++) {
      tickUntil(run, recorder, recorder.intendedAtNanos(n));
      if (phase.outage().any() && n == phase.count() / 2) {
        interrupt(recorder, recorder.intendedAtNanos(n));
      }
      arrive(recorder, n);
      if (losing && n == phase.count() / 4) {
        lose(recorder, recorder.intendedAtNanos(n));
      }
    }
    tickUntil(run, recorder, recorder.deadlineNanos());
    run.end(used(recorder), usedByLoad(recorder));
  }

  private Usage usedByLoad(PhaseRecorder recorder) {
    if (losing) {
      return usedByRefusedJoins();
    }
    return recorder.phase().outage().any() ? usedInOutage(recorder) : used(recorder);
  }

  /** The publisher and the first half of the members are on node 0, the others on node 1. */
  private static NodeMap halves(Phase phase) {
    NodeMap nodes = new NodeMap(phase.subscribers(), 1);
    for (int member = phase.subscribers() / 2; member < phase.subscribers(); member++) {
      nodes.placeMember(member, 1);
    }
    return nodes;
  }

  /** All are away, and come back one after the other: subscriber 0 first, after a second. */
  private void interrupt(PhaseRecorder recorder, long atNanos) {
    lostAtNanos = atNanos;
    for (int subscriber = 0; subscriber < recorder.phase().subscribers(); subscriber++) {
      recorder.away(subscriber, atNanos);
      recorder.back(subscriber, backAtNanos(subscriber));
    }
  }

  private long backAtNanos(int subscriber) {
    return lostAtNanos + SECOND + subscriber * SECOND / 100;
  }

  private boolean away(int subscriber, long atNanos) {
    return atNanos >= lostAtNanos && atNanos < backAtNanos(subscriber);
  }

  private static Usage usedInOutage(PhaseRecorder recorder) {
    Map<String, Double> counters =
        Map.of(
            Outage.TRIES,
            345.0,
            Outage.DOWN_NANOS,
            0.9 * SECOND,
            Outage.ALL_BACK_NANOS,
            (double) recorder.allBackNanos().orElseThrow());
    return new Usage(Map.of(), 0, 30 * SECOND, "schedstat", counters);
  }

  private void tickUntil(RunRecorder run, PhaseRecorder recorder, long nanos) throws IOException {
    for (; ticked + SECOND <= nanos; ticked += SECOND) {
      clock.moveTo(ticked + SECOND);
      for (int tick = 0; tick < 10; tick++) {
        long due = ticked + tick * SECOND / 10;
        recorder.hiccups(0).tick(due, due + around(90_000));
      }
      run.tick();
    }
    clock.moveTo(nanos);
  }

  private void arrive(PhaseRecorder recorder, int n) {
    long intended = recorder.intendedAtNanos(n);
    long sent = intended + around(35_000);
    recorder.sent(n, sent);
    long at = sent + around(target.fixedNanos() * times(recorder.phase()));
    double step = target.perSubscriberNanos() * Math.exp(target.spread() * random.nextGaussian());
    int rooms = recorder.phase().rooms();
    for (int member = 0; member < recorder.expected(n); member++) {
      int subscriber = n % rooms + member * rooms;
      at += (long) step;
      if (!away(subscriber, sent) && !dropped()) {
        recorder.deliveries(0).delivered(subscriber, recorder.firstPublisher(), n, intended, at);
      }
    }
  }

  /**
   * The factor on the time to first delivery: 2 with background load, 10 in a storm of connects and
   * for large messages.
   */
  private static int times(Phase phase) {
    boolean storm = phase.kind() == PhaseKind.CONNECT && phase.ratePerSecond() > STORM_PER_SECOND;
    return storm || phase.payloadBytes() > LARGE_BYTES ? 10 : phase.background().any() ? 2 : 1;
  }

  private boolean dropped() {
    sinceDrop++;
    if (target.dropEvery() == 0 || sinceDrop < target.dropEvery()) {
      return false;
    }
    sinceDrop = 0;
    return true;
  }

  private long around(double typical) {
    return (long) (typical * Math.exp(target.spread() * random.nextGaussian()));
  }

  private Usage used(PhaseRecorder recorder) {
    long deliveries = recorder.deliveryCount().delivered();
    Map<String, Long> cpu = new LinkedHashMap<>();
    target.cpuByGroup().forEach((group, nanos) -> cpu.put(group, nanos * deliveries));
    return new Usage(cpu, 0, 30 * SECOND, "schedstat", metered(recorder.deliveryCount()));
  }

  /** Counters that AWS would have metered, for a target that says it is serverless. */
  private Map<String, Double> metered(DeliveryCount deliveryCount) {
    if (target.description().settings().containsKey("nodes")) {
      return Map.of(
          "relay.published",
          (double) deliveryCount.sent(),
          "relay.passedOn",
          2.0 * deliveryCount.sent());
    }
    if (!target.description().kind().equals("serverless")) {
      return Map.of();
    }
    Map<String, Double> units = new LinkedHashMap<>();
    units.put("aws.messages", (double) deliveryCount.sent() + deliveryCount.delivered());
    units.put("aws.connectionMinutes", 420.0);
    units.put("aws.invocations", (double) deliveryCount.sent());
    units.put("aws.gbMillis", 60.0 * deliveryCount.sent());
    units.putAll(
        "redis".equals(target.description().settings().get("store"))
            ? redis(deliveryCount)
            : dynamoDb(deliveryCount));
    units.put("model.post.smallestNanos", 3e6);
    units.put("posts.gone", 0.5 * deliveryCount.sent());
    return units;
  }

  private static Map<String, Double> dynamoDb(DeliveryCount deliveryCount) {
    return Map.of(
        "aws.wru",
        (double) deliveryCount.sent(),
        "aws.rru",
        15.0 * deliveryCount.sent(),
        "dynamodb.GetItem",
        (double) deliveryCount.sent(),
        "dynamodb.Query",
        2.0 * deliveryCount.sent());
  }

  /** Three calls for each publication, and figures that are no calls. */
  private static Map<String, Double> redis(DeliveryCount deliveryCount) {
    return Map.of(
        "redis.smembers", (double) deliveryCount.sent(),
        "redis.xadd", 2.0 * deliveryCount.sent(),
        "redis.info", 2.0,
        "redis.cpuMicros", 4_000.0,
        "redis.usedBytes", 1_500_000.0);
  }
}
