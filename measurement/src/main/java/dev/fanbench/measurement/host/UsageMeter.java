package dev.fanbench.measurement.host;

import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.run.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the use of a process between two edges of a phase. For a target, every process that it
 * started counts too.
 *
 * <pre>{@code
 * UsageMeter meter = UsageMeter.of(targetPid, clock);
 * meter.begin();
 * ... the phase ...
 * Usage usage = meter.end(differencesOfItsCounters);
 * }</pre>
 *
 * Not thread-safe. A reading takes about 20 µs a thread, and some milliseconds to list processes.
 */
public final class UsageMeter {

  /**
   * Counter of every {@link Usage}, where the machine tells: the share of its cores' time that a
   * hypervisor gave away, 0 to 1.
   */
  public static final String STEAL_SHARE = "host.stealShare";

  /** Counter of the load's own {@link Usage}: cores it may run on. */
  public static final String CORES = "process.cores";

  /**
   * Counters of the load's own {@link Usage} that begin so, one for each of its event loops: the
   * share of the time that it was on a core, 0 to 1.
   */
  public static final String LOOP_SHARE = "load.loopShare.";

  /**
   * Counters beside each {@link #LOOP_SHARE}: the share of the time that the loop was ready to run
   * and waited for a core, 0 to 1. Older runs have none.
   */
  public static final String LOOP_WAIT = "load.loopWait.";

  /** Counter of the load's own {@link Usage}, with deflate only: messages that it inflated. */
  public static final String INFLATED = "load.inflated";

  /** Counter of the load's own {@link Usage}: median time that one of them took to inflate. */
  public static final String INFLATE_NANOS = "load.inflateNanos";

  /**
   * Counter of a target's {@link Usage}, where the machine tells: resident memory of its processes
   * at the end, in bytes.
   */
  public static final String RESIDENT_BYTES = "process.residentBytes";

  /**
   * Counter of a target's {@link Usage}: the share of a core that it used while other targets had
   * their turn; 1 is a whole core.
   */
  public static final String IDLE_SHARE = "process.idleShare";

  /**
   * Counter of a target's {@link Usage}, where the machine tells: the highest resident memory of
   * its processes since they began, in bytes.
   */
  public static final String PEAK_BYTES = "process.peakBytes";

  /** Counter of a target's {@link Usage}, where the machine tells: context switches. */
  public static final String CONTEXT_SWITCHES = "process.contextSwitches";

  private final ProcessCpu process;
  private final Path proc;
  private final NanoClock clock;
  private final Map<String, Double> constants;
  private CpuReading cpu;
  private HostCpu host;
  private long switches;
  private long beganNanos;

  UsageMeter(Path proc, ProcessCpu process, NanoClock clock, Map<String, Double> constants) {
    this.proc = proc;
    this.process = process;
    this.clock = clock;
    this.constants = constants;
  }

  /** Measures another process of this machine, a target, with the processes it started. */
  public static UsageMeter of(long pid, NanoClock clock) {
    return of(new ProcessSet.Tree(pid), clock);
  }

  /** Measures processes of this machine that are a target. */
  public static UsageMeter of(ProcessSet processes, NanoClock clock) {
    Path proc = Path.of("/proc");
    return new UsageMeter(proc, new ProcessCpu(proc, processes), clock, Map.of());
  }

  /** Measures the process this runs in: the load, without the targets it started. */
  public static UsageMeter ofThisProcess(NanoClock clock) {
    Path proc = Path.of("/proc");
    return new UsageMeter(
        proc,
        new ProcessCpu(proc, new ProcessSet.Alone(ProcessHandle.current().pid())),
        clock,
        Map.of(CORES, (double) Runtime.getRuntime().availableProcessors()));
  }

  /**
   * The first edge.
   *
   * @throws IOException when the process is gone
   */
  public void begin() throws IOException {
    host = HostCpu.read(proc);
    cpu = process.read();
    if (!isLoad()) {
      switches = process.contextSwitches();
    }
    beganNanos = clock.nanoTime();
  }

  /**
   * The second edge. Another may follow: what is measured then begins at {@link #begin} still.
   *
   * @param counters what else is known of the same span, by name
   * @throws IOException when the process is gone
   * @throws IllegalStateException before {@link #begin}
   */
  public Usage end(Map<String, Double> counters) throws IOException {
    if (cpu == null) {
      throw new IllegalStateException("begin() first");
    }
    long wallNanos = clock.nanoTime() - beganNanos;
    CpuReading now = process.read();
    Map<String, Double> all = new LinkedHashMap<>(constants);
    double steal = HostCpu.read(proc).stealShareSince(host);
    if (!Double.isNaN(steal)) {
      all.put(STEAL_SHARE, steal);
    }
    if (isLoad()) {
      List<CpuReading.ThreadTime> loops = now.loopsSince(cpu);
      for (int loop = 0; loop < loops.size(); loop++) {
        all.put(LOOP_SHARE + loop, (double) loops.get(loop).cpuNanos() / wallNanos);
        all.put(LOOP_WAIT + loop, (double) loops.get(loop).waitNanos() / wallNanos);
      }
    }
    if (!isLoad()) {
      process.residentBytes().ifPresent(bytes -> all.put(RESIDENT_BYTES, (double) bytes));
      process.peakBytes().ifPresent(bytes -> all.put(PEAK_BYTES, (double) bytes));
      long switched = process.contextSwitches() - switches;
      if (switched > 0) {
        all.put(CONTEXT_SWITCHES, (double) switched);
      }
    }
    all.putAll(counters);
    return new Usage(now.cpuSince(cpu), now.waitSince(cpu), wallNanos, now.source(), all);
  }

  private boolean isLoad() {
    return constants.containsKey(CORES);
  }
}
