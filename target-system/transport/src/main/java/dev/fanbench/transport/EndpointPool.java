package dev.fanbench.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;

/**
 * The connections to one host, and the requests that wait for one. The connection that was used
 * last is used first, so that those a quiet time does not need are closed. For the event loop only.
 */
final class EndpointPool {
  private final ConnectionLoop loop;
  private final HostAddress address;
  private final TransportConfig options;
  private final Set<PooledConnection> open = new LinkedHashSet<>();
  private final Deque<PooledConnection> idle = new ArrayDeque<>();
  private final Set<HttpExchange> waiting = new LinkedHashSet<>();
  private int opening;
  private boolean closed;

  EndpointPool(ConnectionLoop loop, HostAddress address) {
    this.loop = loop;
    this.address = address;
    this.options = loop.options();
  }

  HostAddress address() {
    return address;
  }

  /** Sends a request on an idle connection, or lets it wait for one. */
  void submit(HttpExchange exchange) {
    PooledConnection connection = idle.pollFirst();
    if (connection != null) {
      connection.send(exchange);
    } else if (waiting.size() >= options.maxPending()) {
      exchange.fail(
          new RejectedExecutionException(
              "%d requests to %s wait for a connection; the limit is maxPending=%d"
                  .formatted(waiting.size(), address.header(), options.maxPending())));
    } else {
      waiting.add(exchange);
      exchange.onAbort(() -> waiting.remove(exchange));
      openAsNeeded();
    }
  }

  private void openAsNeeded() {
    while (!closed
        && opening < waiting.size()
        && opening + open.size() < options.maxConnections()) {
      opening++;
      connect();
    }
  }

  private void connect() {
    ChannelFuture connected =
        loop.bootstrap()
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) throws SSLException {
                    begin(channel.pipeline());
                  }
                })
            .connect(address.host(), address.port());
    connected.addListener(
        done -> {
          if (!done.isSuccess()) {
            failedToOpen(done.cause());
          }
        });
  }

  private void begin(ChannelPipeline pipeline) throws SSLException {
    if (address.tls()) {
      SslContext context = loop.tls();
      SslHandler handler =
          context.newHandler(pipeline.channel().alloc(), address.host(), address.port());
      handler.setHandshakeTimeoutMillis(options.handshakeMillis());
      pipeline.addLast(handler);
    }
    pipeline.addLast(new PooledConnection(this, address.tls()));
  }

  /** A connection is ready for its first request. */
  void opened(PooledConnection connection) {
    opening--;
    open.add(connection);
    free(connection);
  }

  /** A connection could not be opened, so the request that waited longest fails. */
  void failedToOpen(Throwable cause) {
    opening--;
    HttpExchange first = firstWaiting();
    if (first != null) {
      first.fail(
          cause instanceof IOException
              ? cause
              : new IOException("no connection to " + address.header(), cause));
    }
    openAsNeeded();
  }

  /** A connection has answered and takes the next request. */
  void free(PooledConnection connection) {
    HttpExchange next = firstWaiting();
    if (closed) {
      connection.close();
    } else if (next != null) {
      connection.send(next);
    } else {
      idle.addFirst(connection);
    }
  }

  private HttpExchange firstWaiting() {
    var first = waiting.iterator();
    if (!first.hasNext()) {
      return null;
    }
    HttpExchange exchange = first.next();
    first.remove();
    return exchange;
  }

  /** A connection is closed, so another one may be opened. */
  void closed(PooledConnection connection) {
    if (open.remove(connection)) {
      idle.remove(connection);
      openAsNeeded();
    }
  }

  /** Ends the requests and connections whose time is over. */
  void sweep(long now) {
    for (HttpExchange each : List.copyOf(waiting)) {
      if (now - each.startedNanos() <= options.acquireNanos()) {
        break;
      }
      waiting.remove(each);
      each.fail(
          new SocketTimeoutException(
              "no connection to %s was free for %d ms"
                  .formatted(address.header(), options.acquireNanos() / 1_000_000)));
    }
    for (PooledConnection each : new ArrayList<>(open)) {
      each.sweep(now, options);
    }
  }

  /** Whether nothing is open, being opened or waited for. */
  boolean isUnused() {
    return open.isEmpty() && opening == 0 && waiting.isEmpty();
  }

  /** Fails what waits, and closes what is open together with its request. */
  void close() {
    closed = true;
    List<HttpExchange> left = List.copyOf(waiting);
    waiting.clear();
    left.forEach(each -> each.fail(ConnectionLoop.closed()));
    new ArrayList<>(open).forEach(each -> each.fail(ConnectionLoop.closed()));
  }
}
