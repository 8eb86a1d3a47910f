package dev.fanbench.emulator.lambda;

import com.sun.management.OperatingSystemMXBean;
import dev.fanbench.target.Stopwatch;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Readings of time and of the processor time that is used. For one thread at a time. */
interface CoreUse {
  /** The time since some fixed moment, in nanoseconds. */
  long nanoTime();

  /** Processor time of a thread so far, in nanoseconds. */
  long cpuNanos(Thread thread);

  /** Whether the cores are in use: this process's own, or all and this process has its part. */
  boolean coresAreBusy();

  /** Readings of this JVM and its machine. */
  static CoreUse ofThisProcess() {
    return new OfThisProcess();
  }

  /** Keeps its last reading of the cores for as long as the kernel's clock ticks are coarse. */
  final class OfThisProcess implements CoreUse {
    /** Ten ticks of the kernel for each core: a shorter time has too few of them. */
    private static final long WINDOW_NANOS = 100_000_000;

    /** Above this share of the machine's time the cores have nothing to give. */
    private static final double BUSY_SHARE = 0.75;

    /** A process that uses less than this, in cores, is not what keeps the cores busy. */
    private static final double OWN_CORES = 0.5;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Stopwatch watch = new Stopwatch();
    private long readAtNanos = -2 * WINDOW_NANOS;
    private long readCpuNanos;

    /** Unknown is busy: the first window is not over. */
    private boolean busy = true;

    @Override
    public long nanoTime() {
      return watch.elapsedNanos();
    }

    @Override
    public long cpuNanos(Thread thread) {
      return threads.getThreadCpuTime(thread.getId());
    }

    @Override
    public boolean coresAreBusy() {
      long now = nanoTime();
      if (now - readAtNanos >= WINDOW_NANOS) {
        long cpuNanos = machine.getProcessCpuTime();
        double own = (double) (cpuNanos - readCpuNanos) / (now - readAtNanos);
        boolean shared = areBusy(own, machine.getAvailableProcessors(), machine.getCpuLoad());
        // After a pause both are averages over it, and say nothing of now.
        boolean stale = now - readAtNanos >= 2 * WINDOW_NANOS;
        busy = stale || shared;
        readAtNanos = now;
        readCpuNanos = cpuNanos;
      }
      return busy;
    }

    /**
     * Whether a process that uses {@code own} cores can get no more of them. A target pinned to
     * some of the machine's cores can use up those {@code available} to it. Otherwise the whole
     * machine is busy ({@code machineShare}, 0 to 1), and the process has its part in it.
     */
    static boolean areBusy(double own, int available, double machineShare) {
      return own >= BUSY_SHARE * available || (machineShare >= BUSY_SHARE && own >= OWN_CORES);
    }
  }
}
