package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.dialect.FrameText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Publishes by HTTP/1.1 for one client, over connections that stay open. Each has one request at a
 * time; a further request opens another connection or waits. Confined to its loop.
 */
final class HttpSender {
  private static final int MOST_CONNECTIONS = 64;
  private static final int MOST_ANSWER_BYTES = 64 * 1024;
  private static final int OK_FROM = 200;
  private static final int OK_TO = 299;

  private final FleetLoop loop;
  private final FleetConfig route;
  private final int client;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private final Deque<SocketChannel> idle = new ArrayDeque<>();
  private final Set<SocketChannel> all = new HashSet<>();
  private boolean closed;

  /**
   * @param client number of the client
   */
  HttpSender(FleetLoop loop, FleetConfig route, int client) {
    this.loop = loop;
    this.route = route;
    this.client = client;
  }

  /** Sends a whole request, as soon as a connection is free. */
  void send(byte[] request) {
    if (closed) {
      return;
    }
    SocketChannel free = idle.pollFirst();
    if (free != null) {
      write(free, request);
      return;
    }
    waiting.add(request);
    if (all.size() < MOST_CONNECTIONS) {
      connect();
    }
  }

  private static void write(SocketChannel socket, byte[] request) {
    var unused = socket.writeAndFlush(Unpooled.wrappedBuffer(request), socket.voidPromise());
  }

  private void connect() {
    SocketChannel socket = route.transport().open();
    all.add(socket);
    route.tls().ifPresent(tls -> socket.pipeline().addLast(tls.handler(socket.alloc())));
    socket
        .pipeline()
        .addLast(
            new HttpResponseDecoder(),
            new HttpObjectAggregator(MOST_ANSWER_BYTES),
            new Answers(socket));
    var unusedRegistration = loop.executor.register(socket);
    var unusedConnection =
        socket
            .connect(route.endpoint().remote().orElseThrow(), route.endpoint().source(client))
            .addListener(
                connected -> {
                  if (connected.isSuccess()) {
                    free(socket);
                  } else {
                    all.remove(socket);
                    refuseWaiting(
                        "the connection to publish failed: " + connected.cause().getMessage());
                  }
                });
  }

  private void free(SocketChannel socket) {
    byte[] next = waiting.pollFirst();
    if (next == null) {
      idle.addFirst(socket);
    } else {
      write(socket, next);
    }
  }

  private void lost(SocketChannel socket, String why) {
    boolean wasIdle = idle.remove(socket);
    if (all.remove(socket) && !wasIdle && !closed) {
      loop.refused(why);
    }
    refuseWaiting(why);
  }

  /** Gives up requests that no connection will send. */
  private void refuseWaiting(String why) {
    while (all.isEmpty() && !closed && waiting.pollFirst() != null) {
      loop.refused(why);
    }
  }

  /** Closes all connections. */
  void close() {
    closed = true;
    waiting.clear();
    for (SocketChannel socket : Set.copyOf(all)) {
      var unused = socket.close();
    }
  }

  /** Judges the answers on one connection. */
  private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final SocketChannel socket;

    Answers(SocketChannel socket) {
      this.socket = socket;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
      int status = answer.status().code();
      if (status < OK_FROM || status > OK_TO) {
        ByteBuf body = answer.content();
        byte[] bytes = ByteBufUtil.getBytes(body);
        loop.refused(
            "HTTP " + status + " " + route.identities().of(client).hide(FrameText.shown(bytes)));
      }
      if (HttpUtil.isKeepAlive(answer)) {
        free(socket);
      } else {
        all.remove(socket);
        var unused = socket.close();
        if (!waiting.isEmpty()) {
          connect();
        }
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      lost(socket, "the connection that publishes was closed without an answer");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var unused = socket.close();
    }
  }
}
