package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.schedule.SendSchedule;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Workload;
import java.util.List;
import java.util.Map;

/** Phases, plans and workloads that tests share. */
public final class Phases {

  public static final long MILLI = 1_000_000;

  private Phases() {}

  public static Phase fanOut(int subscribers, int count, double rate) {
    return new Phase("fanout-" + subscribers, PhaseKind.FANOUT, subscribers, 1, count, rate, false);
  }

  public static Phase connect(int count, double rate) {
    return new Phase("connect", PhaseKind.CONNECT, 0, 1, count, rate, false);
  }

  public static Phase echo(int count, double rate) {
    return new Phase("echo", PhaseKind.ECHO, 0, 1, count, rate, false);
  }

  public static Phase warmUp(int count, double rate) {
    return new Phase("warm-up", PhaseKind.ECHO, 0, 1, count, rate, true);
  }

  /** Drains a second, one publisher, number 100. */
  public static PhasePlan plan(Phase phase, int publishers, int loops) {
    SendSchedule schedule = SendSchedule.of(phase, ArrivalProcess.CONSTANT, 1);
    return new PhasePlan(phase, schedule, 1_000 * MILLI, 100, publishers, loops);
  }

  /** A recorder whose first block begins at 0. */
  static PhaseRecorder begun(PhasePlan plan, ArrivalListener listener) {
    return begun(plan, 0, listener);
  }

  static PhaseRecorder begun(PhasePlan plan, long startNanos, ArrivalListener listener) {
    PhaseRecorder recorder = new PhaseRecorder(plan, listener);
    recorder.beginBlock(startNanos);
    return recorder;
  }

  public static Workload workload(Phase... phases) {
    return new Workload("test", List.of(phases), ArrivalProcess.CONSTANT, 64, 1_000, 7);
  }

  public static RunPlan runPlan(Phase... phases) {
    return new RunPlan(
        "0.1.0", "unknown", target("netty"), workload(phases), Map.of("os", "Linux"));
  }

  public static TargetDescription target(String label) {
    return new TargetDescription(
        label,
        "ws://127.0.0.1:9001/dev",
        true,
        "this machine, loopback, own process",
        "in-memory",
        List.of(),
        Map.of("loops", "2"));
  }
}
