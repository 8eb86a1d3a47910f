package dev.fanbench.gatling.fleet;

import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.clock.SystemNanoClock;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;

/** A WebSocket server that follows a {@link ServerScript}, on loopback, with one event loop. */
final class ScriptedServer implements AutoCloseable {
  private static final int MOST_BYTES = 64 * 1024;

  /** The frames of one client. Any thread may wait for them. */
  static final class Conversation {
    private final String resource;
    private final String offered;
    private final List<String> frames = new ArrayList<>();

    Conversation(String resource, String offered) {
      this.resource = resource;
      this.offered = offered;
    }

    /** Path and query of the handshake. */
    String resource() {
      return resource;
    }

    /** The subprotocols of the handshake, as its header has them. */
    String offered() {
      return offered;
    }

    /** All frames, once there are so many. */
    synchronized List<String> await(int count) throws InterruptedException {
      NanoClock clock = SystemNanoClock.INSTANCE;
      long deadlineNanos = clock.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (frames.size() < count) {
        long leftNanos = deadlineNanos - clock.nanoTime();
        if (leftNanos <= 0) {
          throw new AssertionError("only " + frames);
        }
        TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
      }
      return List.copyOf(frames);
    }

    synchronized void add(String frame) {
      frames.add(frame);
      notifyAll();
    }
  }

  private record Member(Channel channel, String tag) {}

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("loop", true), NioIoHandler.newFactory());
  private final ServerScript script;
  private final Map<String, List<Member>> rooms = new HashMap<>();
  private final List<Conversation> conversations = new CopyOnWriteArrayList<>();
  private final Conversation requests = new Conversation("", "");
  private final Channel listening;

  ScriptedServer(ServerScript script) {
    this.script = script;
    this.listening =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel accepted) {
                    accept(accepted);
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  URI url() {
    int port = ((InetSocketAddress) listening.localAddress()).getPort();
    return URI.create("ws://127.0.0.1:" + port);
  }

  /** The connections in the order of their handshakes. */
  Conversation conversation(int index) {
    return conversations.get(index);
  }

  /** Requests that are no handshakes: method, path and body. */
  Conversation requests() {
    return requests;
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private void accept(Channel accepted) {
    accepted
        .pipeline()
        .addLast(
            new HttpServerCodec(),
            new HttpObjectAggregator(MOST_BYTES),
            new Requests(),
            new WebSocketServerProtocolHandler(
                WebSocketServerProtocolConfig.newBuilder()
                    .websocketPath("/")
                    .checkStartsWith(true)
                    .subprotocols(script.subprotocol().isEmpty() ? null : script.subprotocol())
                    .build()),
            new Frames());
  }

  private void follow(String frame, Channel sender, Consumer<String> answer) {
    for (ServerScript.Rule rule : script.rules()) {
      Matcher found = rule.on().matcher(frame);
      if (found.find()) {
        rule.actions().forEach(action -> act(action, found, sender, answer));
        return;
      }
    }
  }

  private void act(
      ServerScript.Action action, Matcher found, Channel sender, Consumer<String> answer) {
    String filled = action.filled(found);
    if (action.word().equals("answer")) {
      answer.accept(filled);
      return;
    }
    String[] parts = filled.split(" ", 2);
    List<Member> members = rooms.computeIfAbsent(parts[0], name -> new ArrayList<>());
    if (action.word().equals("join")) {
      members.add(new Member(sender, parts[parts.length - 1]));
      return;
    }
    for (Member member : members) {
      if (action.word().equals("all") || member.channel() != sender) {
        send(member.channel(), parts[1].replace("$tag", member.tag()));
      }
    }
  }

  private static void send(Channel to, String frame) {
    var unused = to.writeAndFlush(new TextWebSocketFrame(frame));
  }

  /** Takes requests that are no handshakes, and passes the others on. */
  private final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      if (request.method().equals(HttpMethod.GET)) {
        context.fireChannelRead(request.retain());
        return;
      }
      String frame =
          request.method()
              + " "
              + request.uri()
              + " "
              + request.content().toString(StandardCharsets.UTF_8);
      requests.add(frame);
      follow(frame, context.channel(), answer -> answer(context, answer));
    }

    private void answer(ChannelHandlerContext context, String body) {
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.OK,
              Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
      var unused = context.writeAndFlush(response);
    }
  }

  /** One WebSocket connection. */
  private final class Frames extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private Conversation conversation;

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
      if (event instanceof HandshakeComplete opened) {
        conversation =
            new Conversation(
                opened.requestUri(),
                opened.requestHeaders().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, ""));
        conversations.add(conversation);
        script.greeting().forEach(frame -> send(context.channel(), frame));
      }
      super.userEventTriggered(context, event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
      conversation.add(frame.text());
      follow(frame.text(), context.channel(), answer -> send(context.channel(), answer));
    }
  }
}
