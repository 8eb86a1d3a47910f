package dev.fanbench.jmh.sockets;

import com.sun.management.ThreadMXBean;
import dev.fanbench.baseline.broadcast.Broadcaster;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import java.lang.management.ManagementFactory;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Several publications as one task of an event loop. Only while the kernel takes no more bytes does
 * it make way for the loop's other work, and then it comes back at once.
 */
final class PublicationBatch implements Runnable {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final EventLoop loop;
  private final Broadcaster broadcaster;
  private final List<Channel> members;
  private final String text;
  private final CompletableFuture<LoopCost> result = new CompletableFuture<>();
  private int left;
  private boolean begun;
  private long allocatedBefore;
  private long cpuBefore;

  PublicationBatch(
      EventLoop loop, Broadcaster broadcaster, List<Channel> members, String text, int times) {
    this.loop = loop;
    this.broadcaster = broadcaster;
    this.members = members;
    this.text = text;
    this.left = times;
  }

  /** What it cost, when every outbound buffer is empty after the last publication. */
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
      }
      while (everythingIsWritten()) {
        if (left == 0) {
          result.complete(
              new LoopCost(
                  THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore,
                  THREADS.getCurrentThreadCpuTime() - cpuBefore));
          return;
        }
        left--;
        broadcaster.publish(text, null);
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
