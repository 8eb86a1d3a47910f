package dev.fanbench.emulator.invoke;

import dev.fanbench.emulator.lambda.Invoker;
import dev.fanbench.emulator.latency.Hop;
import dev.fanbench.emulator.latency.Latency;
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
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * Lambda's own API on a loopback port, as far as functions need it to call each other: {@code POST
 * /2015-03-31/functions/NAME/invocations}, which waits for the answer. Signatures are not checked
 * here. Thread-safe.
 */
public final class InvokeApi implements AutoCloseable {
  /** Lambda's limit on the event and the answer of a synchronous invocation. */
  static final int PAYLOAD_BYTES = 6 * 1024 * 1024;

  private final EventLoopGroup loop;
  private final Channel server;

  private InvokeApi(EventLoopGroup loop, Channel server) {
    this.loop = loop;
    this.server = server;
  }

  /**
   * Listens.
   *
   * @param latency whose {@link Hop#INVOKE} each call takes
   * @throws IOException if no port can be had
   */
  public static InvokeApi open(Invoker invoker, Latency latency) throws IOException {
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(1, InvokeApi::thread, NioIoHandler.newFactory());
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
                        .addLast(new HttpObjectAggregator(PAYLOAD_BYTES))
                        .addLast(new InvokeHandler(invoker, latency));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    return new InvokeApi(loop, bound.channel());
  }

  private static Thread thread(Runnable task) {
    Thread thread = new FastThreadLocalThread(task, "loop-invoke");
    thread.setDaemon(true);
    return thread;
  }

  /** The address for the SDK's Lambda clients. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort());
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
