package dev.fanbench.jmh;

import dev.fanbench.emulator.latency.Hop;
import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.latency.LatencyModel;
import dev.fanbench.measurement.clock.SystemNanoClock;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Measures the lateness of the emulator's hops: {@code java -XX:+UseSerialGC -cp
 * jmh/target/benchmarks.jar dev.fanbench.jmh.TimerLateness}. 10,000 posts of the assumed model are
 * in flight on one event loop; each is followed by another when it ends. The second of two passes
 * counts, since the first is for the compilers. Lateness is the elapsed time less the drawn time.
 * Exits with 1 if a hop ended early, the median is over 0.2 ms or the p99 over 2 ms. On a busy
 * machine it does.
 *
 * <p>It is no JMH benchmark, since it measures a distribution under a load that must not pause.
 */
public final class TimerLateness {
  private static final int IN_FLIGHT = 10_000;
  private static final int HOPS = 1_000_000;
  private static final long MEDIAN_NANOS = 200_000;
  private static final long P99_NANOS = 2_000_000;
  private static final double P50 = 50;
  private static final double P99 = 99;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Latency latency = new Latency(LatencyModel.aws(), 1);
  private final Histogram late = new Histogram(3);
  private final CountDownLatch ended;
  private final EventLoop loop;
  private int left;
  private int early;

  private TimerLateness(EventLoop loop, int hops) {
    this.loop = loop;
    this.left = hops;
    this.ended = new CountDownLatch(hops);
  }

  /**
   * Runs it.
   *
   * @param arguments how many hops, or nothing for a million
   */
  public static void main(String[] arguments) throws InterruptedException {
    int hops = arguments.length == 0 ? HOPS : Integer.parseInt(arguments[0]);
    System.exit(measure(hops) ? 0 : 1);
  }

  private static boolean measure(int hops) throws InterruptedException {
    MultiThreadIoEventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    run(loops.next(), hops);
    TimerLateness lateness = run(loops.next(), hops);
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    return lateness.report(hops);
  }

  private static TimerLateness run(EventLoop loop, int hops) throws InterruptedException {
    TimerLateness lateness = new TimerLateness(loop, hops);
    loop.execute(lateness::start);
    lateness.ended.await();
    return lateness;
  }

  private void start() {
    for (int i = 0; i < IN_FLIGHT; i++) {
      next();
    }
  }

  /** On the loop, as all that follows. */
  private void next() {
    if (left == 0) {
      return;
    }
    left--;
    long drawn = latency.draw(Hop.POST);
    long due = SystemNanoClock.INSTANCE.nanoTime() + drawn;
    Latency.after(drawn, loop, () -> over(due));
  }

  private void over(long due) {
    long nanos = SystemNanoClock.INSTANCE.nanoTime() - due;
    if (nanos < 0) {
      early++;
    } else {
      late.recordValue(nanos);
    }
    next();
    ended.countDown();
  }

  private boolean report(int hops) {
    System.out.printf(
        Locale.ROOT,
        "%,d hops, %,d in flight: %d early; late by p50 %.3f ms, p99 %.3f ms, max %.3f ms%n",
        hops,
        IN_FLIGHT,
        early,
        late.getValueAtPercentile(P50) / NANOS_PER_MILLI,
        late.getValueAtPercentile(P99) / NANOS_PER_MILLI,
        late.getMaxValue() / NANOS_PER_MILLI);
    return early == 0
        && late.getValueAtPercentile(P50) <= MEDIAN_NANOS
        && late.getValueAtPercentile(P99) <= P99_NANOS;
  }
}
