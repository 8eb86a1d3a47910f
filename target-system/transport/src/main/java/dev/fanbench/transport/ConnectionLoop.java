package dev.fanbench.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * The pools of a client, by host, and the one look at all timeouts. A timer for each request would
 * cost more than the request's bytes.
 *
 * <p>For the event loop only, but for {@link #run} and {@link #executor}.
 */
final class ConnectionLoop {
  private final EventLoop loop;
  private final TransportConfig options;
  private final Bootstrap bootstrap;
  private final BackgroundResolver resolver = new BackgroundResolver();
  private final Map<HostAddress, EndpointPool> pools = new HashMap<>();
  private SslContext tls;
  private boolean sweeping;
  private boolean closed;

  ConnectionLoop(EventLoop loop, boolean epoll, TransportConfig options) {
    this.loop = loop;
    this.options = options;
    bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
            .resolver(resolver)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, options.tcpKeepAlive())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, options.connectMillis());
  }

  /** The thread of all connections. */
  EventLoop executor() {
    return loop;
  }

  TransportConfig options() {
    return options;
  }

  /** A bootstrap for one connection. */
  Bootstrap bootstrap() {
    return bootstrap.clone();
  }

  /** The time that timeouts are measured by. */
  static long nanos() {
    return Ticker.systemTicker().nanoTime();
  }

  /** The context for {@code https}, made when it is first needed. */
  SslContext tls() throws SSLException {
    if (tls == null) {
      tls = options.tls().context();
    }
    return tls;
  }

  /** Runs a step on the event loop: now, if this is its thread. */
  void run(Runnable step) {
    if (loop.inEventLoop()) {
      step.run();
    } else {
      loop.execute(step);
    }
  }

  /** Sends a request as soon as there is a connection for it. */
  void start(HttpExchange exchange) {
    if (closed) {
      exchange.fail(closed());
    } else if (!exchange.isOver()) {
      pool(HostAddress.of(exchange.request())).submit(exchange);
      sweepLater();
    }
  }

  private EndpointPool pool(HostAddress address) {
    EndpointPool pool = pools.get(address);
    if (pool == null) {
      pool = new EndpointPool(this, address);
      pools.put(address, pool);
    }
    return pool;
  }

  private void sweepLater() {
    if (!sweeping) {
      sweeping = true;
      loop.schedule(this::sweep, options.sweepNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void sweep() {
    sweeping = false;
    long now = nanos();
    // A copy: a request that fails here may be followed by one to another host.
    new ArrayList<>(pools.values()).forEach(pool -> pool.sweep(now));
    pools.values().removeIf(EndpointPool::isUnused);
    if (!pools.isEmpty() && !closed) {
      sweepLater();
    }
  }

  /** Fails all requests and closes all connections. */
  void close() {
    closed = true;
    new ArrayList<>(pools.values()).forEach(EndpointPool::close);
    pools.clear();
    resolver.close();
  }

  /** The failure of requests to a closed client; the SDK does not retry it. */
  static Exception closed() {
    return new IllegalStateException("the HTTP client is closed");
  }
}
