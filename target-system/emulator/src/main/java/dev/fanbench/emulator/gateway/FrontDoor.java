package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.lambda.Invoker;
import dev.fanbench.emulator.latency.Hop;
import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.template.Template;
import dev.fanbench.emulator.tls.SelfSignedCertificate;
import dev.fanbench.target.DeadlineClock;
import dev.fanbench.target.ListenFailure;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The listening side of the emulator: WebSocket clients and {@code @connections} on one port.
 *
 * <p>{@link #bind} takes the port, so that the functions can be told its number. No client is let
 * in before {@link #open}. Thread-safe.
 */
public final class FrontDoor implements AutoCloseable {
  private static final int MAX_LOOPS = 4;
  private static final long MILLIS_PER_SECOND = 1_000;

  /** The time that sockets have to close; closing waits for no client. */
  private static final long CLOSE_MILLIS = 2_000;

  private static final int BACKLOG = 4_096;

  private final Gateway gateway;
  private final EventLoopGroup loops;
  private final Channel server;
  private final ChannelGroup connections;

  private FrontDoor(
      Gateway gateway, EventLoopGroup loops, Channel server, ChannelGroup connections) {
    this.gateway = gateway;
    this.loops = loops;
    this.server = server;
    this.connections = connections;
  }

  /**
   * Takes the port.
   *
   * @param address the address to listen on; port 0 for any free one
   * @param latency the least duration of each hop
   * @param signatures the callers that may post
   * @param assumptions its behaviour where the behaviour of AWS is unknown
   * @param clock gives the age of connections and signatures
   * @param identity of the port for TLS clients; empty if there are none
   * @param observer sees connections and posts
   * @throws IOException if the port is in use or not allowed
   */
  public static FrontDoor bind(
      InetSocketAddress address,
      Template template,
      Invoker invoker,
      QuotaCheck quotas,
      GatewayFaultSwitch faults,
      Latency latency,
      CallerCheck signatures,
      AssumedBehavior assumptions,
      Clock clock,
      Optional<SelfSignedCertificate> identity,
      Optional<ConnectionObserver> observer)
      throws IOException {
    Optional<SslContext> tls = tls(identity);
    Gateway gateway =
        new Gateway(
            template, invoker, quotas, faults, latency, signatures, assumptions, clock, observer);
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(loops(), named("loop-"), io);
    ChannelGroup connections = new DefaultChannelGroup(loops.next(), true);
    Class<? extends ServerChannel> type =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    var bound =
        new ServerBootstrap()
            .group(loops)
            .channel(type)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark(quotas))
            .childHandler(pipeline(gateway, connections, tls))
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      gateway.integrations.close();
      throw new IOException(
          ListenFailure.sentence(address.getHostString(), address.getPort(), bound.cause()),
          bound.cause());
    }
    return new FrontDoor(gateway, loops, bound.channel(), connections);
  }

  /**
   * Half of what may wait for a slow client; the kernel keeps the other half. Once full, it is full
   * until all of it is with the kernel.
   */
  private static WriteBufferWaterMark waterMark(QuotaCheck quotas) {
    return new WriteBufferWaterMark(1, Math.max(1, quotas.of(Quota.SLOW_CLIENT_BYTES) / 2));
  }

  /**
   * One for two cores: functions, their client libraries and the store need the others, and a frame
   * that is posted and sent on one loop wakes no second one.
   */
  private static int loops() {
    return Math.min(MAX_LOOPS, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new FastThreadLocalThread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private static ChannelInitializer<SocketChannel> pipeline(
      Gateway gateway, ChannelGroup connections, Optional<SslContext> tls) {
    HttpDoor door = new HttpDoor(gateway);
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        connections.add(channel);
        tls.ifPresent(context -> channel.pipeline().addLast(new TlsDetector(context)));
        new HttpConversation(gateway, door).begin(channel.pipeline());
      }
    };
  }

  private static Optional<SslContext> tls(Optional<SelfSignedCertificate> identity)
      throws IOException {
    if (identity.isEmpty()) {
      return Optional.empty();
    }
    SelfSignedCertificate own = identity.get();
    return Optional.of(
        SslContextBuilder.forServer(own.key(), own.certificate())
            .sslProvider(SslProvider.JDK)
            .build());
  }

  /**
   * Lets clients in.
   *
   * @param store the address of the store
   */
  public void open(URI store) {
    gateway.integrations.storeAt(store);
    server.config().setAutoRead(true);
    RequestGuard guard = new RequestGuard("the look for idle connections", () -> {});
    guard.repeat(loops.next(), MILLIS_PER_SECOND, this::sweep);
  }

  /** The port that was taken. */
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** Closes connections that are idle or too old by the clock; done each second by itself. */
  public void sweep() {
    long now = gateway.clock.millis();
    long idleSince = now - gateway.quotas.of(Quota.IDLE_SECONDS) * MILLIS_PER_SECOND;
    long bornBefore = now - gateway.quotas.of(Quota.AGE_SECONDS) * MILLIS_PER_SECOND;
    for (ClientConnection client : gateway.open.all()) {
      if (client.lastActiveAtMillis() <= idleSince) {
        client.channel().pipeline().fireUserEventTriggered(expired(Quota.IDLE_SECONDS));
      } else if (client.connectedAtMillis() <= bornBefore) {
        client.channel().pipeline().fireUserEventTriggered(expired(Quota.AGE_SECONDS));
      }
    }
  }

  private CloseRequest expired(Quota hit) {
    return CloseRequest.expired(hit, gateway.assumptions.expiredReason());
  }

  /** Adds this door's counters to {@code counters}. */
  public void putCounters(Map<String, Long> counters) {
    gateway.figures.putInto(counters, gateway.clock.millis());
  }

  /**
   * Refuses new clients from now on, with 503; those inside stay. The port stays open: functions
   * that finish their requests may have to connect before they can post.
   */
  public void refuseNew() {
    gateway.stopping = true;
  }

  /** Refuses new requests, each with an answer; completes when those it took are answered. */
  public CompletableFuture<Void> drain() {
    return gateway.integrations.drain();
  }

  /**
   * Closes the port and every connection with 1001, and waits for the clients to agree.
   *
   * @param patience how long to wait at most
   */
  public void closeConnections(Duration patience) {
    server.close().awaitUninterruptibly();
    List<Channel> channels = new ArrayList<>();
    for (ClientConnection client : gateway.open.all()) {
      Channel channel = client.channel();
      channels.add(channel);
      // A close takes the hop that every frame takes, so that it overtakes none.
      new RequestGuard("the close of a connection", channel::close)
          .take(
              gateway.latency,
              Hop.PUSH,
              channel.eventLoop(),
              () -> channel.pipeline().fireUserEventTriggered(CloseRequest.STOPPING));
    }
    DeadlineClock deadline = new DeadlineClock(patience);
    for (Channel channel : channels) {
      channel
          .closeFuture()
          .awaitUninterruptibly(
              Math.max(0, deadline.leftNanos()) / 1_000_000, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Ends every connection there is and lets new ones in all the while. Does not wait for the ends.
   *
   * @param said whether clients are told, with 1001, or find their sockets closed
   */
  public void dropConnections(boolean said) {
    for (ClientConnection client : gateway.open.all()) {
      if (said) {
        client.channel().pipeline().fireUserEventTriggered(CloseRequest.STOPPING);
      } else {
        client.channel().close();
      }
    }
  }

  @Override
  public void close() {
    refuseNew();
    server.close().awaitUninterruptibly();
    // Event loops that stop tell no handler of it, and what the handlers keep would be lost.
    connections.close().awaitUninterruptibly(CLOSE_MILLIS);
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    gateway.integrations.close();
  }
}
