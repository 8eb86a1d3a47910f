package dev.fanbench.emulator.runtime;

import dev.fanbench.emulator.invoke.LoopbackListener;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Lambda's Runtime API, version 2018-06-01, on loopback. Each process has a port of its own,
 * because the variable {@code AWS_LAMBDA_RUNTIME_API} holds a host and a port and no path.
 * Thread-safe.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * A body over the quota is refused once it is read; one over this is dropped while it is read.
   */
  private static final int SPARE_FACTOR = 2;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, RuntimeApi::thread, NioIoHandler.newFactory());
  private final int payloadBytes;

  /**
   * @param payloadBytes the quota of an answer
   */
  RuntimeApi(int payloadBytes) {
    this.payloadBytes = payloadBytes;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new FastThreadLocalThread(task, "loop-runtime");
    thread.setDaemon(true);
    return thread;
  }

  /** The port of one process. */
  record Port(Channel server) implements AutoCloseable {
    /** The value of {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
      return LOOPBACK + ":" + ((InetSocketAddress) server.localAddress()).getPort();
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /**
   * Listens for a process.
   *
   * @throws IOException if no port can be had
   */
  Port open(RuntimeSession session) throws IOException {
    int mostBytes = (int) Math.min(Integer.MAX_VALUE, (long) payloadBytes * SPARE_FACTOR);
    return new Port(
        LoopbackListener.open(
            loop,
            pipeline -> {
              RuntimeApiHandler handler = new RuntimeApiHandler(session, payloadBytes);
              pipeline.addLast(new RuntimeCallAggregator(mostBytes, handler)).addLast(handler);
            }));
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
