package dev.fanbench.jmh.sockets;

import com.sun.management.ThreadMXBean;
import dev.fanbench.baseline.broadcast.Broadcaster;
import dev.fanbench.baseline.broadcast.DeliveryCounter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import java.lang.management.ManagementFactory;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Publications as tasks of an event loop, so many at a time as are in flight. After each such round
 * it makes way for the loop's other work, in which a broadcaster may write, and comes back at once.
 */
final class PublicationBatch implements Runnable {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final EventLoop loop;
  private final Broadcaster broadcaster;
  private final DeliveryCounter counters;
  private final List<Channel> members;
  private final String text;
  private final CompletableFuture<LoopCost> result = new CompletableFuture<>();
  private final int inFlight;
  private int left;
  private boolean begun;
  private long allocatedBefore;
  private long cpuBefore;
  private long writesBefore;

  PublicationBatch(
      EventLoop loop,
      Broadcaster broadcaster,
      DeliveryCounter counters,
      List<Channel> members,
      String text,
      int times,
      int inFlight) {
    this.loop = loop;
    this.broadcaster = broadcaster;
    this.counters = counters;
    this.members = members;
    this.text = text;
    this.left = times;
    this.inFlight = inFlight;
  }

  /** The cost, complete when every outbound buffer is empty after the last publication. */
  CompletableFuture<LoopCost> result() {
    return result;
  }

  @Override
  public void run() {
    try {
      if (!begun) {
        begun = true;
        allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
        cpuBefore = THREADS.getCurrentThreadCpuTime();
        writesBefore = counters.writes();
      }
      if (everythingIsWritten()) {
        if (left == 0) {
          result.complete(
              new LoopCost(
                  THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore,
                  THREADS.getCurrentThreadCpuTime() - cpuBefore,
                  counters.writes() - writesBefore));
          return;
        }
        for (int i = 0; i < inFlight && left > 0; i++, left--) {
          broadcaster.publish(text, null);
        }
      }
      loop.execute(this);
    } catch (ClosedChannelException | RuntimeException failure) {
      result.completeExceptionally(failure);
    }
  }

  private boolean everythingIsWritten() throws ClosedChannelException {
    for (Channel member : members) {
      ChannelOutboundBuffer pending = member.unsafe().outboundBuffer();
      if (pending == null) {
        throw new ClosedChannelException();
      }
      if (!pending.isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
