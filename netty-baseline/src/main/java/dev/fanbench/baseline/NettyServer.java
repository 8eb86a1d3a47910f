package dev.fanbench.baseline;

import dev.fanbench.baseline.broadcast.Broadcaster;
import dev.fanbench.baseline.broadcast.ServerLoopGroup;
import dev.fanbench.baseline.chat.AudienceSource;
import dev.fanbench.baseline.chat.InMemoryChat;
import dev.fanbench.baseline.nodes.NodeAudience;
import dev.fanbench.protocol.Frame;
import dev.fanbench.target.FaultInjector;
import dev.fanbench.target.ListenFailure;
import dev.fanbench.target.RunningTarget;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The in-memory chat, listening. In a test:
 *
 * <pre>{@code
 * try (NettyServer server = NettyServer.start(ServerOptions.defaults())) {
 *   connect(server.url());
 * }
 * }</pre>
 */
public final class NettyServer implements RunningTarget {
  private static final int BACKLOG = 4_096;

  private final ServerOptions options;
  private final ConnectionRules rules;
  private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
  private final ServerCounterSet counters = new ServerCounterSet(allocator);
  private final ChannelGroup connections =
      new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final RequestGate requestGate = new RequestGate();
  private final ServerLoopGroup loops;
  private final Map<EventLoop, PingSchedule> pings = new HashMap<>();
  private final InMemoryChat chat;

  /** The link to other nodes; null for a server of its own. */
  private final NodeAudience nodes;

  private Channel acceptor;

  private NettyServer(ServerOptions options) {
    this.options = options;
    this.rules = options.rules();
    this.loops =
        ServerLoopGroup.start(
            options.loops(), options.transport(), options.slow().loopQueueBytes());
    for (EventLoop loop : loops.all()) {
      pings.put(loop, new PingSchedule(rules.clock(), rules.pings(), counters.pings));
    }
    Supplier<Broadcaster> members =
        () ->
            options
                .broadcast()
                .create(loops, allocator, options.slow().policy(), counters.deliveries);
    this.nodes =
        options
            .redis()
            .map(redis -> new NodeAudience(redis, options.stage(), members))
            .orElse(null);
    this.chat =
        new InMemoryChat(
            nodes == null ? AudienceSource.local(members) : nodes,
            rules.clock(),
            options.rooms(),
            counters.chat);
  }

  /**
   * Starts a server and returns when it accepts connections.
   *
   * @throws IOException if it cannot listen there; the message is a sentence for the user
   */
  public static NettyServer start(ServerOptions options) throws IOException {
    NettyServer server = new NettyServer(options);
    try {
      if (server.nodes != null) {
        server.nodes.open();
      }
      server.listen();
      return server;
    } catch (IOException refused) {
      server.leaveNodes();
      server.loops.close();
      throw refused;
    }
  }

  private void listen() throws IOException {
    int maxPendingBytes = options.slow().maxPendingBytes();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops.group())
            .channel(loops.serverChannel())
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, allocator)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(maxPendingBytes / 2, maxPendingBytes))
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel);
                  }
                });
    if (options.slow().sendBufferBytes() > 0) {
      bootstrap.childOption(ChannelOption.SO_SNDBUF, options.slow().sendBufferBytes());
    }
    long unsentBytes = options.slow().unsentBytes();
    if (unsentBytes > 0) {
      options
          .transport()
          .unsentBytes()
          .ifPresent(option -> bootstrap.childOption(option, unsentBytes));
    }
    ChannelFuture bound = bootstrap.bind(options.host(), options.port()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          ListenFailure.sentence(options.host(), options.port(), bound.cause()), bound.cause());
    }
    acceptor = bound.channel();
    if (rules.limits() == ConnectionLimits.AWS) {
      loops.group().scheduleAtFixedRate(this::sweep, 1, 1, TimeUnit.SECONDS);
    }
    if (!rules.pings().isZero()) {
      pings.forEach(
          (loop, schedule) ->
              loop.scheduleAtFixedRate(
                  schedule::tick,
                  PingSchedule.TICK_MILLIS,
                  PingSchedule.TICK_MILLIS,
                  TimeUnit.MILLISECONDS));
    }
  }

  private void accept(Channel channel) {
    connections.add(channel);
    channel
        .pipeline()
        .addLast(
            new HttpServerCodec(),
            new RequestCollector(),
            new UpgradeHandler(
                options.stage(),
                requestGate::isOpen,
                rules.frameBytes(),
                new Admission(rules.origins(), rules.tokens(), rules.clock()),
                rules.deflate(),
                this::upgraded));
  }

  private void upgraded(ChannelPipeline pipeline, UpgradeHandler.Agreed agreed) {
    FrameGate gate = new FrameGate(counters.readsPaused, pings.get(pipeline.channel().eventLoop()));
    pipeline.addLast(gate);
    if (rules.limits() == ConnectionLimits.AWS) {
      AwsLimitHandler.addTo(pipeline, rules.clock());
    }
    if (agreed.deflates()) {
      pipeline.addLast(
          new ReservedBitCheck(),
          new WebSocketFrameAggregator(rules.messageBytes()),
          new InboundInflater(rules.messageBytes()),
          new Utf8FrameValidator(false));
    } else {
      pipeline.addLast(
          new Utf8FrameValidator(false), new WebSocketFrameAggregator(rules.messageBytes()));
    }
    pipeline.addLast(
        new ConnectionHandler(channel -> converse(channel, agreed, gate), gate, counters));
  }

  private Conversation converse(Channel channel, UpgradeHandler.Agreed agreed, FrameGate gate) {
    return switch (rules.profile()) {
      case COMMON -> chatting(channel, agreed, gate, Frame::classify);
      case PUBLISH -> chatting(channel, agreed, gate, Frame::classifyPublication);
      case ECHO -> new EchoConversation(channel);
    };
  }

  private Conversation chatting(
      Channel channel,
      UpgradeHandler.Agreed agreed,
      FrameGate gate,
      Function<String, Frame> texts) {
    return new ChatConversation(
        channel, agreed, gate, texts, chat, rules.rpc(), counters, requestGate);
  }

  @Override
  public URI url() {
    int port = ((InetSocketAddress) acceptor.localAddress()).getPort();
    return URI.create("ws://%s:%d/%s".formatted(options.host(), port, options.stage()));
  }

  @Override
  public String transport() {
    return options.transport().toString();
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> figures = counters.read();
    if (nodes != null) {
      figures.putAll(nodes.counters());
    }
    return figures;
  }

  /** Takes the fault {@code stallMillis}. */
  @Override
  public FaultInjector faults() {
    return new LoopStall(loops);
  }

  /**
   * Closes connections that API Gateway would have closed by now, if its limits hold here; done
   * each second by itself.
   */
  void sweep() {
    connections.forEach(c -> c.pipeline().fireUserEventTriggered(new AwsLimitHandler.Sweep()));
  }

  /** The event loops. */
  ServerLoopGroup loops() {
    return loops;
  }

  /** Pings clients that are due by the clock; done ten times a second by itself. */
  void ping() {
    pings.forEach((loop, schedule) -> loop.submit(schedule::tick).syncUninterruptibly());
  }

  /** The rooms. */
  public InMemoryChat chat() {
    return chat;
  }

  /** Bytes that wait for clients in channels, with 96 for each entry. */
  long pendingBytes() {
    return connections.stream()
        .map(channel -> channel.unsafe().outboundBuffer())
        .filter(Objects::nonNull)
        .mapToLong(ChannelOutboundBuffer::totalPendingWriteBytes)
        .sum();
  }

  /** Direct memory in live buffers, in bytes: 0 when nothing is under way and nothing leaked. */
  public long pinnedDirectBytes() {
    return allocator.pinnedDirectMemory();
  }

  /**
   * Stops: no new connections, then no new requests (they are refused, not dropped), then what was
   * accepted is answered and delivered, then each connection closes with 1001. Each step takes no
   * longer than the options allow, plus the end of the threads; a second call does nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    acceptor.close().awaitUninterruptibly();
    requestGate.stop();
    try {
      drain();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    connections.close().awaitUninterruptibly(options.drainMillis());
    leaveNodes();
    loops.close();
  }

  private void leaveNodes() {
    if (nodes != null) {
      nodes.settle(options.drainMillis());
      nodes.close();
    }
  }

  private void drain() throws InterruptedException {
    long millis = options.drainMillis();
    requestGate.settle(millis);
    loops.settle(millis);
    // A request that is not answered by now costs the others no Close.
    connections.forEach(c -> c.pipeline().fireUserEventTriggered(new ConnectionHandler.GoAway()));
    connections.newCloseFuture().await(millis);
  }
}
