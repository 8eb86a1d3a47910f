package dev.fanbench.gatling.fleet;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The kernel's side of the fleet: epoll where there is one, otherwise the JDK's selectors. */
enum ClientTransport {
  EPOLL {
    @Override
    IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory(EVENTS_AT_ONCE, DefaultSelectStrategyFactory.INSTANCE);
    }

    @Override
    int mostEvents() {
      return EVENTS_AT_ONCE;
    }

    @Override
    SocketChannel newSocket() {
      EpollSocketChannel socket = new EpollSocketChannel();
      // Without it the kernel reserves a port for all targets at once, and runs out of them.
      socket.config().setOption(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
      return socket;
    }
  },
  NIO {
    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }

    @Override
    int mostEvents() {
      return Integer.MAX_VALUE;
    }

    @Override
    SocketChannel newSocket() {
      return new NioSocketChannel();
    }
  };

  /**
   * Sockets read before timers get a turn. A room of 1,000 takes some 4 ms to read; a publication
   * armed for that time would go late, and be the load's fault. 64 take some 0.3 ms, and one more
   * system call for each 64 frames does not show.
   */
  static final int EVENTS_AT_ONCE = 64;

  /**
   * Reads of one socket before the next has its turn, of up to 64 KB each. A target that sends
   * without end does not keep the others from being read.
   */
  static final int READS_AT_ONCE = 16;

  private static final RecvByteBufAllocator READS =
      new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(READS_AT_ONCE);

  /**
   * Bytes that wait in the load for one connection, 4,000 publications of the greatest length. A
   * target that does not read makes them wait, and that wait is its response time. Publications
   * beyond this bound are counted as not sent, and have no time.
   */
  static final int MOST_WAITING_BYTES = 64 << 20;

  static ClientTransport best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  abstract IoHandlerFactory handlers();

  /** The most events that one poll returns. More may be ready then. */
  abstract int mostEvents();

  abstract SocketChannel newSocket();

  /** Event loops on daemon threads named {@code loop-0} and so on. */
  EventLoopGroup loops(int count, ReadLag.OfLoops handlers) {
    AtomicInteger next = new AtomicInteger();
    ThreadFactory threads =
        task -> {
          Thread thread = new FastThreadLocalThread(task, "loop-" + next.getAndIncrement());
          thread.setDaemon(true);
          return thread;
        };
    return new MultiThreadIoEventLoopGroup(count, threads, handlers);
  }

  /**
   * A socket ready to be registered.
   *
   * @throws io.netty.channel.ChannelException when the system has none, for want of descriptors
   */
  SocketChannel open() {
    SocketChannel socket = newSocket();
    socket.config().setOption(ChannelOption.TCP_NODELAY, true);
    socket
        .config()
        .setWriteBufferWaterMark(new WriteBufferWaterMark(MOST_WAITING_BYTES, MOST_WAITING_BYTES));
    // The attempt has one timeout of its own, from TCP to 101.
    socket.config().setConnectTimeoutMillis(0);
    socket.config().setRecvByteBufAllocator(READS);
    // Netty's default allocator leaves garbage behind each buffer when the heap is small.
    socket.config().setAllocator(PooledByteBufAllocator.DEFAULT);
    return socket;
  }
}
