package dev.fanbench.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * An HTTP/1.1 client on one event loop, with connections that are kept open.
 *
 * <pre>{@code
 * SdkAsyncHttpClient http = LeanHttpClient.builder().maxConnections(50).build();
 * ApiGatewayManagementApiAsyncClient.builder().httpClient(http).build();
 * }</pre>
 *
 * <p>Requests may come from any thread. Handlers and futures are called on the event loop, so they
 * must not block. A request that a handler sends from there wakes no other thread.
 *
 * <p>A connection that is lost fails its request with an {@link java.io.IOException}, which the
 * SDK's retry strategies retry. So do timeouts. The client itself repeats no request, because only
 * its caller knows whether that is safe.
 *
 * <p>Thread-safe. Neither HTTP/2 nor proxies are supported.
 */
public final class LeanHttpClient implements SdkAsyncHttpClient {
  private static final long CLOSE_SECONDS = 2;

  private final EventLoopGroup group;
  private final ConnectionLoop loop;

  private LeanHttpClient(TransportConfig options) {
    boolean epoll = Epoll.isAvailable();
    group =
        new MultiThreadIoEventLoopGroup(
            1, threads(), epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    loop = new ConnectionLoop(group.next(), epoll, options);
  }

  /** A builder with the defaults of the SDK's own Netty client. */
  public static Builder builder() {
    return new Builder();
  }

  private static ThreadFactory threads() {
    return task -> {
      Thread thread = new FastThreadLocalThread(task, "lean-http");
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
    HttpExchange exchange = new HttpExchange(request, loop.executor());
    try {
      loop.run(() -> loop.start(exchange));
    } catch (RejectedExecutionException closed) {
      exchange.fail(ConnectionLoop.closed());
    }
    return exchange.future();
  }

  @Override
  public String clientName() {
    return "FanbenchLean";
  }

  /** Fails the requests that are under way, closes all connections and ends the thread. */
  @Override
  public void close() {
    boolean waits = !loop.executor().inEventLoop();
    try {
      loop.run(loop::close);
    } catch (RejectedExecutionException closed) {
      return;
    }
    var ended = group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    if (waits) {
      ended.awaitUninterruptibly();
    }
  }

  /**
   * Builds a client. Every setting is one of {@link SdkHttpConfigurationOption}, so {@link
   * #buildWithDefaults} takes those that have no method here.
   */
  public static final class Builder implements SdkAsyncHttpClient.Builder<Builder> {
    private final AttributeMap.Builder settings = AttributeMap.builder();

    private Builder() {}

    /** Connections to one host at most; the default is 50. */
    public Builder maxConnections(int connections) {
      settings.put(SdkHttpConfigurationOption.MAX_CONNECTIONS, connections);
      return this;
    }

    /** Requests to one host that wait for a connection at most; the default is 10,000. */
    public Builder maxPending(int requests) {
      settings.put(SdkHttpConfigurationOption.MAX_PENDING_CONNECTION_ACQUIRES, requests);
      return this;
    }

    /** The time to wait for a connection; the default is 10 s. */
    public Builder acquireTimeout(Duration timeout) {
      settings.put(SdkHttpConfigurationOption.CONNECTION_ACQUIRE_TIMEOUT, timeout);
      return this;
    }

    /** The time to connect; the default is 2 s. */
    public Builder connectTimeout(Duration timeout) {
      settings.put(SdkHttpConfigurationOption.CONNECTION_TIMEOUT, timeout);
      return this;
    }

    /** The time without any byte of the response; the default is 30 s. */
    public Builder readTimeout(Duration timeout) {
      settings.put(SdkHttpConfigurationOption.READ_TIMEOUT, timeout);
      return this;
    }

    @Override
    public SdkAsyncHttpClient buildWithDefaults(AttributeMap serviceDefaults) {
      return new LeanHttpClient(
          TransportConfig.of(
              settings
                  .build()
                  .merge(serviceDefaults)
                  .merge(TransportConfig.DEFAULTS)
                  .merge(SdkHttpConfigurationOption.GLOBAL_HTTP_DEFAULTS)));
    }
  }
}
