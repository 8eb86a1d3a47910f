package dev.fanbench.reports;

import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.BackgroundLoad;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseBuilder;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Workload;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.price.PriceList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Simulated runs for tests, small enough to be quick and large enough for a p99 of the chat. */
public final class Runs {

  static final List<SloVerdict> SLOS =
      List.of(
          new SloVerdict("p90.lastDelivery<5ms", "fanout-100", true, true, "1.9 ms"),
          new SloVerdict("p99.chat<10ms", "chat", false, false, "12 ms"),
          new SloVerdict("missing==0", "run", true, false, "3"));

  private final Path directory;
  private final List<Path> written = new ArrayList<>();
  private Clock wall = SimulatedRun.WALL;

  /** Runs that are written under this directory. */
  public Runs(Path directory) {
    this.directory = directory;
  }

  /** Runs added after this call start on this day. */
  public Runs on(String day) {
    wall = Clock.fixed(Instant.parse(day + "T21:30:00Z"), ZoneOffset.UTC);
    return this;
  }

  /** An in-memory target, 200 µs + 8 µs for each subscriber. */
  public Runs inMemory(String label) throws IOException {
    return add(SimulatedTarget.inMemory(label), SimulatedRun.VALID);
  }

  /** A Durable Object, 400 µs + 20 µs for each subscriber. */
  public Runs durableObject(String label) throws IOException {
    return add(SimulatedTarget.durableObject(label), SimulatedRun.VALID);
  }

  /** A serverless target, 4 ms + 60 µs for each subscriber. */
  public Runs serverless(String label) throws IOException {
    return add(SimulatedTarget.serverless(label), SimulatedRun.VALID);
  }

  /** A serverless target with a setting, which loses one delivery in so many; 0 for none. */
  public Runs serverlessWith(String setting, String value, int dropEvery) throws IOException {
    return add(
        SimulatedTarget.serverless("serverless").with(setting, value).dropping(dropEvery),
        SimulatedRun.VALID);
  }

  /** A serverless target with so many posts in flight for each invocation. */
  public Runs posting(int inFlight, String broadcast) throws IOException {
    return add(
        SimulatedTarget.serverless("serverless")
            .with("postConcurrency", String.valueOf(inFlight))
            .with("broadcast", broadcast),
        SimulatedRun.VALID);
  }

  /** A serverless target whose latencies a model decides. */
  public Runs modelled(String model) throws IOException {
    return add(SimulatedTarget.serverless("serverless").modelled(model), SimulatedRun.VALID);
  }

  /** A serverless target that keeps its state in Redis. */
  public Runs onRedis() throws IOException {
    return add(SimulatedTarget.serverless("serverless").with("store", "redis"), SimulatedRun.VALID);
  }

  /** A server that runs already, 3 ms + 9 µs for each subscriber. */
  public Runs remote(String label) throws IOException {
    return add(SimulatedTarget.remote(label), SimulatedRun.VALID);
  }

  /** A floor. */
  public Runs floor() throws IOException {
    return add(SimulatedTarget.floor(), SimulatedRun.VALID);
  }

  /** A floor that is not to be believed. */
  public Runs unusableFloor(Verdict verdict, String reason) throws IOException {
    return add(SimulatedTarget.floor(), new Validity(verdict, List.of(reason), List.of()));
  }

  /** An in-memory target that loses one delivery in so many. */
  public Runs dropping(String label, int every) throws IOException {
    return add(SimulatedTarget.inMemory(label).dropping(every), SimulatedRun.VALID);
  }

  /** An in-memory run that is not to be believed. */
  public Runs unusable(String label, Verdict verdict, String reason) throws IOException {
    return add(SimulatedTarget.inMemory(label), new Validity(verdict, List.of(reason), List.of()));
  }

  /** An in-memory target that loses connections and refuses after a quarter of each phase. */
  public Runs losing(String label) throws IOException {
    written.add(SimulatedRun.writeLosing(directory, SimulatedTarget.inMemory(label), WORKLOAD));
    return this;
  }

  /** An in-memory target on two nodes, which loses one delivery in so many; 0 for none. */
  public Runs onTwoNodes(String label, int dropEvery) throws IOException {
    Phase room = new Phase("fanout-100", PhaseKind.FANOUT, 100, 1, 160, 10, false);
    written.add(
        SimulatedRun.writeOnTwoNodes(
            directory, SimulatedTarget.inMemory(label).dropping(dropEvery), of(room)));
    return this;
  }

  /** An in-memory target that died in the middle of the largest fan-out. */
  public Runs killed(String label) throws IOException {
    written.add(SimulatedRun.writeKilled(directory, SimulatedTarget.inMemory(label), WORKLOAD));
    return this;
  }

  /** An in-memory target of so many nodes. */
  public Runs ofNodes(String label, int nodes) throws IOException {
    return add(
        SimulatedTarget.inMemory(label).with("nodes", String.valueOf(nodes)), SimulatedRun.VALID);
  }

  /** A run that failed before its first phase. */
  public Runs neverStarted(String label) throws IOException {
    Workload nothing = new Workload("test", List.of(), ArrivalProcess.CONSTANT, 64, 1_000, 7);
    Validity failed = new Validity(Verdict.FAILED, List.of("target died"), List.of());
    written.add(
        SimulatedRun.write(directory, SimulatedTarget.inMemory(label), nothing, failed, List.of()));
    return this;
  }

  Runs add(SimulatedTarget target, Validity validity) throws IOException {
    written.add(SimulatedRun.write(directory, wall, target, WORKLOAD, validity, SLOS));
    return this;
  }

  /** An in-memory target measured cold, warmed up, and measured warm. */
  public Runs coldAndWarm(String label) throws IOException {
    return inMemory(
        label,
        new Phase("cold-echo", PhaseKind.ECHO, 0, 1, 60, 200, false),
        new Phase("warm-up-echo", PhaseKind.ECHO, 0, 1, 60, 200, true),
        new Phase("echo", PhaseKind.ECHO, 0, 1, 60, 200, false));
  }

  /** An in-memory target with silent connections, 1,000 and 3,000. */
  public Runs idle(String label) throws IOException {
    return inMemory(
        label,
        new Phase("idle-1000", PhaseKind.IDLE, 1_000, 1, 100, 10, false),
        new Phase("idle-3000", PhaseKind.IDLE, 3_000, 1, 100, 10, false));
  }

  /** An in-memory target with this number of silent connections. */
  public Runs idle(String label, int connections) throws IOException {
    return inMemory(
        label, new Phase("idle-" + connections, PhaseKind.IDLE, connections, 1, 100, 10, false));
  }

  /** An in-memory target that was killed in the middle of its one phase and came back. */
  public Runs interrupted(String label) throws IOException {
    return inMemory(
        label,
        new Phase("fanout-100-killed", PhaseKind.FANOUT, 100, 1, 60, 10, false)
            .with(Outage.KILLED));
  }

  /** An in-memory target whose one room was published to at two rates. */
  public Runs atTwoRates(String label) throws IOException {
    return inMemory(
        label,
        new Phase("fanout-100-at-10", PhaseKind.FANOUT, 100, 1, 100, 10, false),
        new Phase("fanout-100-at-20", PhaseKind.FANOUT, 100, 1, 100, 20, false));
  }

  /** Both designs, without background load and with two of them. */
  public Runs churning() throws IOException {
    Phase quiet = new Phase("fanout-100", PhaseKind.FANOUT, 100, 1, 160, 10, false);
    Phase[] phases = {quiet, behind(quiet, 2), behind(quiet, 20)};
    add(SimulatedTarget.inMemory("netty"), phases);
    return add(SimulatedTarget.serverless("serverless"), phases);
  }

  /**
   * Both designs with messages of 64 B, 1 KB and 16 KB, of which the last take ten times as long.
   */
  public Runs ofSizes() throws IOException {
    Phase any = new Phase("fanout-100", PhaseKind.FANOUT, 100, 1, 160, 10, false);
    Phase[] phases = {any.ofBytes(64), any.ofBytes(1_024), any.ofBytes(16_384)};
    add(SimulatedTarget.inMemory("netty"), phases);
    return add(SimulatedTarget.serverless("serverless"), phases);
  }

  /** An in-memory target with 200 subscribers in 20 rooms, and in one. */
  public Runs inRooms(String label) throws IOException {
    return inMemory(
        label,
        new Phase("fanout-200-in-20", PhaseKind.FANOUT, 200, 20, 400, 40, false),
        new Phase("fanout-200", PhaseKind.FANOUT, 200, 1, 160, 2, false));
  }

  /** An in-memory target with phases that offered the same. */
  public Runs soaked(String label, int parts) throws IOException {
    return inMemory(
        label,
        IntStream.rangeClosed(1, parts)
            .mapToObj(
                part ->
                    new Phase("fanout-10-part-" + part, PhaseKind.FANOUT, 10, 1, 160, 40, false))
            .toArray(Phase[]::new));
  }

  private static Phase behind(Phase quiet, double churnPerSecond) {
    BackgroundLoad churn = new BackgroundLoad(churnPerSecond, 0, 0);
    return PhaseBuilder.builder(quiet)
        .name(quiet.name() + churn.suffix())
        .background(churn)
        .build();
  }

  /** An in-memory target to which connects were offered at these rates. */
  public Runs storm(String label, double... ratesPerSecond) throws IOException {
    return inMemory(
        label,
        Arrays.stream(ratesPerSecond)
            .mapToObj(
                rate ->
                    new Phase("connect-" + (int) rate, PhaseKind.CONNECT, 0, 1, 100, rate, false))
            .toArray(Phase[]::new));
  }

  /** A server of another project, measured as {@code ./fanbench run servers} does. */
  public Runs server(String label) throws IOException {
    return asServer(SimulatedTarget.server(label));
  }

  /** A floor with the workload of {@link #server}. */
  public Runs floorOfServers() throws IOException {
    return asServer(SimulatedTarget.floor());
  }

  private Runs asServer(SimulatedTarget target) throws IOException {
    return add(
        target,
        new Phase("idle-1000", PhaseKind.IDLE, 1_000, 1, 100, 10, false),
        new Phase("idle-3000", PhaseKind.IDLE, 3_000, 1, 100, 10, false),
        new Phase("connect", PhaseKind.CONNECT, 0, 1, 60, 50, false),
        new Phase("fanout-100-at-10", PhaseKind.FANOUT, 100, 1, 100, 10, false),
        new Phase("fanout-100-at-20", PhaseKind.FANOUT, 100, 1, 100, 20, false));
  }

  private Runs inMemory(String label, Phase... phases) throws IOException {
    return add(SimulatedTarget.inMemory(label), phases);
  }

  private Runs add(SimulatedTarget target, Phase... phases) throws IOException {
    written.add(SimulatedRun.write(directory, target, of(phases), SimulatedRun.VALID, List.of()));
    return this;
  }

  private static Workload of(Phase... phases) {
    return new Workload("test", List.of(phases), ArrivalProcess.CONSTANT, 64, 1_000, 7);
  }

  /** Their directories, in the order they were added. */
  public List<Path> directories() {
    return List.copyOf(written);
  }

  /** Their comparison. */
  public ReportModel compared() throws IOException {
    return compared(PriceList.shipped());
  }

  /** Their comparison at other prices. */
  public ReportModel compared(PriceList prices) throws IOException {
    List<RecordedRun> runs = new ArrayList<>();
    for (Path run : written) {
      runs.add(RunReader.read(run));
    }
    return ReportModel.of(runs, prices);
  }

  /** Their comparison, in which the targets of a label are not to be believed. */
  public ReportModel comparedWithInvalid(String label) throws IOException {
    List<RecordedRun> runs = new ArrayList<>();
    for (Path run : written) {
      RecordedRun recorded = RunReader.read(run);
      runs.add(recorded.run().target().label().equals(label) ? invalid(recorded) : recorded);
    }
    return ReportModel.of(runs, PriceList.shipped());
  }

  /** The same run, as it is judged where the load was late. */
  public static RecordedRun invalid(RecordedRun recorded) {
    return with(
        recorded,
        recorded.run().workload(),
        recorded.run().environment(),
        new Validity(Verdict.INVALID, List.of("the load was late"), List.of()));
  }

  /** The same run, as if it had been of another workload, on another machine or judged so. */
  static RecordedRun with(
      RecordedRun recorded, Workload workload, Map<String, String> environment, Validity validity) {
    Run run = recorded.run();
    return new RecordedRun(
        recorded.directory(),
        new Run(
            run.schemaVersion(),
            run.id(),
            run.startedAt(),
            run.finishedAt(),
            run.fanbenchVersion(),
            run.revision(),
            run.target(),
            workload,
            environment,
            run.phases(),
            validity,
            run.slos(),
            run.experiment()),
        recorded.phases());
  }

  private static final Workload WORKLOAD =
      new Workload(
          "test",
          List.of(
              new Phase("connect", PhaseKind.CONNECT, 0, 1, 60, 200, false),
              new Phase("echo", PhaseKind.ECHO, 0, 1, 60, 200, false),
              new Phase("chat", PhaseKind.CHAT, 1, 1, 1_000, 500, false),
              new Phase("fanout-1", PhaseKind.FANOUT, 1, 1, 160, 100, false),
              new Phase("fanout-10", PhaseKind.FANOUT, 10, 1, 160, 100, false),
              new Phase("fanout-100", PhaseKind.FANOUT, 100, 1, 160, 50, false)),
          ArrivalProcess.CONSTANT,
          64,
          1_000,
          7);
}
