package dev.fanbench.emulator.runtime;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Lambda's Runtime API, version 2018-06-01, on loopback. Each process has a port of its own,
 * because the variable {@code AWS_LAMBDA_RUNTIME_API} holds a host and a port and no path.
 * Thread-safe.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  /** A body over the quota is read to its end and refused; one over this ends its connection. */
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
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(mostBytes))
                        .addLast(new RuntimeApiHandler(session, payloadBytes));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    return new Port(bound.channel());
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
