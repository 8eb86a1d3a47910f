package dev.fanbench.emulator.invoke;

import dev.fanbench.emulator.lambda.Invoker;
import dev.fanbench.emulator.latency.Hop;
import dev.fanbench.emulator.latency.Latency;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * Lambda's own API on a loopback port, as far as functions need it to call each other: {@code POST
 * /2015-03-31/functions/NAME/invocations}. It waits for the answer, unless the header {@code
 * X-Amz-Invocation-Type} is {@code Event}. Signatures are not checked here. Thread-safe.
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
    Channel listening;
    try {
      listening =
          LoopbackListener.open(
              loop,
              pipeline ->
                  pipeline
                      .addLast(new HttpObjectAggregator(PAYLOAD_BYTES))
                      .addLast(new InvokeHandler(invoker, latency)));
    } catch (IOException noPort) {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw noPort;
    }
    return new InvokeApi(loop, listening);
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
