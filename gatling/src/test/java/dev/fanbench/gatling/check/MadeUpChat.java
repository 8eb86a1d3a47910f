package dev.fanbench.gatling.check;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chat of docs/your-server.md, frame by frame. All of it runs on one event loop. */
final class MadeUpChat implements AutoCloseable {
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":\"?([^\",}]*)\"?");

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<Channel, Set<String>> rooms = new HashMap<>();
  private final Channel listening;
  private int sessions;
  private volatile boolean pings;

  MadeUpChat() {
    listening =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(8192),
                            new WebSocketServerProtocolHandler("/chat"),
                            new Member());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  /** From now on each post is followed by a ping to all members. */
  void pingAfterPosts() {
    pings = true;
  }

  URI url() {
    int port = ((InetSocketAddress) listening.localAddress()).getPort();
    return URI.create("ws://127.0.0.1:" + port + "/chat");
  }

  @Override
  public void close() {
    var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Member extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private String session = "";
    private String name = "";

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
        session = "s" + ++sessions;
        say(context.channel(), "{\"type\":\"welcome\",\"session\":\"" + session + "\"}");
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
      Map<String, String> fields = new HashMap<>();
      Matcher field = FIELD.matcher(frame.text());
      while (field.find()) {
        fields.put(field.group(1), field.group(2));
      }
      Channel channel = context.channel();
      switch (fields.getOrDefault("type", "")) {
        case "hello" -> hello(channel, fields);
        case "enter" -> {
          rooms.computeIfAbsent(channel, each -> new HashSet<>()).add(fields.get("room"));
          say(channel, "{\"type\":\"entered\",\"ref\":" + fields.get("ref") + "}");
        }
        case "post" -> post(fields);
        case "pong" -> {}
        default -> say(channel, "{\"type\":\"error\",\"text\":\"unknown type\"}");
      }
    }

    private void hello(Channel channel, Map<String, String> fields) {
      if (!session.equals(fields.get("session"))) {
        say(channel, "{\"type\":\"error\",\"text\":\"another session\"}");
      }
      name = fields.get("name");
    }

    private void post(Map<String, String> fields) {
      String posted =
          "{\"type\":\"posted\",\"room\":\"%s\",\"from\":\"%s\",\"text\":\"%s\"}"
              .formatted(fields.get("room"), name, fields.get("text"));
      rooms.forEach(
          (member, joined) -> {
            if (joined.contains(fields.get("room"))) {
              say(member, posted);
            }
            if (pings) {
              say(member, "{\"type\":\"ping\"}");
            }
          });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      rooms.remove(context.channel());
    }

    private static void say(Channel channel, String text) {
      var unused = channel.writeAndFlush(new TextWebSocketFrame(text));
    }
  }
}
