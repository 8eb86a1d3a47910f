package dev.fanbench.baseline.broadcast;

import dev.fanbench.target.DeadlineClock;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server's threads, in a fixed order. They are named {@code loop-0}, {@code loop-1}, ..., by
 * which their CPU time is told from the rest.
 */
public final class ServerLoopGroup implements AutoCloseable {
  private static final long SHUTDOWN_SECONDS = 5;

  private final ServerTransport transport;
  private final MultiThreadIoEventLoopGroup group;
  private final List<EventLoop> loops;
  private final List<LoopQueue> queues;

  private ServerLoopGroup(int count, ServerTransport transport, int queueBytes) {
    this.transport = transport;
    group = new MultiThreadIoEventLoopGroup(count, threads(), transport.handlers());
    List<EventLoop> inOrder = new ArrayList<>(count);
    for (EventExecutor loop : group) {
      inOrder.add((EventLoop) loop);
    }
    loops = List.copyOf(inOrder);
    queues = loops.stream().map(loop -> new LoopQueue(queueBytes)).toList();
  }

  /**
   * Makes event loops; their threads start with their first task.
   *
   * @param count at least 1
   * @param transport one that is available
   */
  public static ServerLoopGroup start(int count, ServerTransport transport) {
    return start(count, transport, LoopQueue.DEFAULT_BYTES);
  }

  /**
   * Makes event loops with a bound on the publications that wait for one of them.
   *
   * @param queueBytes the bound; beyond it, publishers on other loops are not read from
   */
  public static ServerLoopGroup start(int count, ServerTransport transport, int queueBytes) {
    return new ServerLoopGroup(count, transport, queueBytes);
  }

  /** Half of the processors, since the kernel works on the other half; 1 on a small machine. */
  public static int defaultCount() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  private static ThreadFactory threads() {
    AtomicInteger number = new AtomicInteger();
    return task -> new FastThreadLocalThread(task, "loop-" + number.getAndIncrement());
  }

  /** As Netty wants it. */
  public MultiThreadIoEventLoopGroup group() {
    return group;
  }

  /** The listening channel that fits these loops. */
  public Class<? extends ServerChannel> serverChannel() {
    return transport.serverChannel();
  }

  /** All loops, always in the same order. */
  public List<EventLoop> all() {
    return loops;
  }

  /** The place of {@code loop} in {@link #all()}. */
  int indexOf(EventLoop loop) {
    for (int i = 0; i < loops.size(); i++) {
      if (loops.get(i) == loop) {
        return i;
      }
    }
    throw new IllegalArgumentException("not one of these event loops: " + loop);
  }

  /** The count of publications that other event loops have queued for {@code loop}. */
  public LoopQueue queueOf(EventLoop loop) {
    return queues.get(indexOf(loop));
  }

  /**
   * Waits until the loops have done the tasks queued at the call (frames under way), and then the
   * tasks that these have queued on other loops (their deliveries). It waits {@code millis}
   * milliseconds at most.
   */
  public void settle(long millis) throws InterruptedException {
    DeadlineClock deadline = new DeadlineClock(Duration.ofMillis(millis));
    for (int round = 0; round < 2; round++) {
      CountDownLatch reached = new CountDownLatch(loops.size());
      loops.forEach(loop -> loop.execute(reached::countDown));
      if (!reached.await(deadline.leftNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    }
  }

  /** Ends the threads, after what they have queued. */
  @Override
  public void close() {
    group
        .shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }
}
