package dev.fanbench.gatling.faulty;

import dev.fanbench.target.ControlEndpoint;
import dev.fanbench.target.JvmUsage;
import dev.fanbench.target.Ready;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A chat server with a {@link Fault}, on loopback, with one event loop.
 *
 * <pre>{@code
 * try (FaultyTarget target = FaultyTarget.start(new Fault.Drop(7))) {
 *   connectTo(target.url());
 * }
 * }</pre>
 */
public final class FaultyTarget implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int UNAVAILABLE = 503;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("loop", true), NioIoHandler.newFactory());
  private final ChannelGroup connections = new DefaultChannelGroup(loop.next());
  private final Set<String> sources = ConcurrentHashMap.newKeySet();
  private final AtomicLong refused = new AtomicLong();
  private final FaultyRooms rooms;
  private final Optional<SslContext> tls;
  private final String path;
  private final Channel listening;
  private final ControlEndpoint control;

  private FaultyTarget(
      int port, String stage, Fault fault, Optional<SslContext> tls, Runnable death) {
    this.rooms = new FaultyRooms(fault, death == null ? this::cutConnections : death);
    this.tls = tls;
    this.path = "/" + stage;
    this.listening = listen(port);
    this.control = control();
  }

  /** Starts on a free port. When it is to die it stops listening and resets its connections. */
  public static FaultyTarget start(Fault fault) {
    return new FaultyTarget(0, "dev", fault, Optional.empty(), null);
  }

  /** The same behind TLS. */
  public static FaultyTarget startSecure(Fault fault, SslContext tls) {
    return new FaultyTarget(0, "dev", fault, Optional.of(tls), null);
  }

  /**
   * Starts on a given port, or a free one for 0.
   *
   * @param death what dying means
   */
  static FaultyTarget start(int port, String stage, Fault fault, Runnable death) {
    return new FaultyTarget(port, stage, fault, Optional.empty(), death);
  }

  /** Where clients connect. */
  public URI url() {
    int port = ((InetSocketAddress) listening.localAddress()).getPort();
    return URI.create((tls.isPresent() ? "wss" : "ws") + "://" + HOST + ":" + port + path);
  }

  /** What this target would print. */
  public Ready ready() {
    return new Ready(url(), null, control.uri(), ProcessHandle.current().pid());
  }

  /** Chat texts and requests handled so far. */
  public long publications() {
    return rooms.publications.get();
  }

  /** Deliveries that publications should have caused so far, whatever the fault made of them. */
  public long deliveries() {
    return rooms.deliveries.get();
  }

  /** Addresses that connections have come from. */
  public Set<String> sources() {
    return new TreeSet<>(sources);
  }

  /** Handshakes that {@link Fault.Full} refused so far. */
  public long refused() {
    return refused.get();
  }

  /** Closes every connection with 1001, as a target that is being stopped does. */
  public void stopServing() {
    loop.next().execute(() -> connections.forEach(FaultyTarget::goAway));
  }

  /** Closes every connection without a close frame. */
  public void cutConnections() {
    if (!listening.eventLoop().inEventLoop()) {
      listening.eventLoop().execute(this::cutConnections);
      return;
    }
    var unused = listening.close();
    connections.forEach(
        connection -> {
          connection.config().setOption(ChannelOption.SO_LINGER, 0);
          var cut = connection.unsafe().voidPromise();
          connection.unsafe().close(cut);
        });
  }

  @Override
  public void close() {
    control.close();
    loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private Channel listen(int port) {
    return new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 1024)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel accepted) {
                accept(accepted);
              }
            })
        .bind(HOST, port)
        .syncUninterruptibly()
        .channel();
  }

  private void accept(Channel accepted) {
    connections.add(accepted);
    sources.add(((InetSocketAddress) accepted.remoteAddress()).getAddress().getHostAddress());
    if (rooms.fault() instanceof Fault.Silent) {
      return;
    }
    tls.ifPresent(context -> accepted.pipeline().addLast(context.newHandler(accepted.alloc())));
    accepted.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(16 * 1024));
    if (rooms.fault() instanceof Fault.Http http) {
      accepted.pipeline().addLast(new WebServer(http.status()));
    } else if (rooms.fault() instanceof Fault.Full full
        && connections.size() > full.connections()) {
      refused.incrementAndGet();
      accepted.pipeline().addLast(new WebServer(UNAVAILABLE));
    } else {
      accepted.pipeline().addLast(new WebSocketServerProtocolHandler(webSockets()));
      accepted.pipeline().addLast(new Session(rooms));
    }
  }

  private WebSocketServerProtocolConfig webSockets() {
    return WebSocketServerProtocolConfig.newBuilder()
        .websocketPath(path)
        .checkStartsWith(true)
        .maxFramePayloadLength(128 * 1024)
        .build();
  }

  private static void goAway(Channel connection) {
    var unused = connection.writeAndFlush(new CloseWebSocketFrame(1001, "going away"));
  }

  private ControlEndpoint control() {
    try {
      return ControlEndpoint.start(this::counters, this::inject);
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  private Map<String, Long> counters() {
    Map<String, Long> figures = new TreeMap<>(new JvmUsage().read());
    figures.put("connections.open", (long) connections.size());
    figures.put("publications", publications());
    figures.put("deliveries.sent", deliveries());
    return figures;
  }

  private void inject(dev.fanbench.target.FaultRequest fault) {
    rooms.fault(
        Fault.parse(
            fault
                .value("fault")
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "expected {\"fault\":\"" + Fault.SYNTAX + "\"}"))));
  }
}
