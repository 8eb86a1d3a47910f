package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.dialect.FrameContext;
import dev.fanbench.gatling.fleet.ConnectFailure.TimedOut.Step;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLException;

/**
 * From a socket to a {@link Client}: TCP, TLS if asked for, and the opening handshake, under one
 * timeout. Leaves the pipeline when the handshake has ended. Confined to its loop.
 */
final class ConnectAttempt extends ChannelInboundHandlerAdapter {
  private final FleetLoop loop;
  private final StampMeaning role;
  private final String room;
  private final List<FleetConfig> routes;
  private final ConnectListener listener;
  private final String key =
      OpeningHandshake.key(
          ThreadLocalRandom.current().nextLong(), ThreadLocalRandom.current().nextLong());

  /** The address that it connects to. */
  private FleetConfig route;

  /** The number of connections that its loop had begun before this one. */
  private int number;

  /** The values of placeholders in this connection's frames. */
  private FrameContext values;

  private ClientIdentity identity;

  private SocketChannel socket;

  /** The time when TCP was connected and TLS began; set for {@code wss} only. */
  private long openedAtNanos;

  private Future<?> deadline;
  private boolean finished;

  private byte[] answer = new byte[512];
  private int answerLength;

  /**
   * @param routes to the addresses of the target; the number of the connection chooses one
   * @param room that stands in the handshake, where the dialect puts one there
   */
  ConnectAttempt(
      FleetLoop loop,
      StampMeaning role,
      String room,
      List<FleetConfig> routes,
      ConnectListener listener) {
    this.loop = loop;
    this.role = role;
    this.room = room;
    this.routes = routes;
    this.listener = listener;
  }

  void start() {
    loop.attempts.add(this);
    number = loop.connections++;
    route = routes.get(number % routes.size());
    int client = loop.clientNumber(number);
    values = route.values(client, room);
    identity = route.identities().of(client);
    Optional<InetSocketAddress> remote = route.endpoint().remote();
    if (remote.isEmpty()) {
      fail(new ConnectFailure.UnknownHost(route.endpoint().host()));
      return;
    }
    try {
      socket = route.transport().open();
    } catch (ChannelException none) {
      fail(new ConnectFailure.NothingLeft(sentence(none)));
      return;
    }
    route
        .tls()
        .ifPresent(tls -> socket.pipeline().addLast(new Opened(), tls.handler(socket.alloc())));
    socket.pipeline().addLast(this);
    var unusedRegistration = loop.executor.register(socket);
    deadline = loop.after(route.connectTimeout().toNanos(), this::timedOut);
    InetSocketAddress source = route.endpoint().source(number);
    listener.connecting(loop.clock.nanoTime());
    var unusedConnection =
        socket
            .connect(remote.get(), source)
            .addListener(
                connected -> {
                  if (!connected.isSuccess()) {
                    fail(ConnectFailure.ofSystemCall(sentence(connected.cause())));
                  }
                });
  }

  /** Gives up, because the client is not needed any more. */
  void abandon() {
    fail(new ConnectFailure.Abandoned());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    var unused =
        context.writeAndFlush(
            Unpooled.wrappedBuffer(route.handshake().request(key, number, values, identity)),
            context.voidPromise());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent tls) {
      if (tls.isSuccess()) {
        listener.secured(openedAtNanos, loop.clock.nanoTime());
      } else if (tls.cause() instanceof ClosedChannelException) {
        fail(new ConnectFailure.Closed());
      } else {
        fail(new ConnectFailure.Tls(sentence(tls.cause())));
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    long now = loop.clock.nanoTime();
    ByteBuf in = (ByteBuf) message;
    try {
      if (!finished) {
        collect(in);
        examine(context, now);
      }
    } finally {
      in.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(
        answerLength == 0
            ? new ConnectFailure.Closed()
            : HandshakeAnswer.of(answer, answerLength).notAWebSocket());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    loop.caught(cause);
    if (cause.getCause() instanceof SSLException tls) {
      fail(new ConnectFailure.Tls(sentence(tls)));
    } else if (cause instanceof IOException) {
      fail(new ConnectFailure.Closed());
    } else {
      fail(new ConnectFailure.OperatingSystem(cause.toString()));
    }
  }

  private void collect(ByteBuf in) {
    int length = in.readableBytes();
    if (answer.length < answerLength + length) {
      answer = Arrays.copyOf(answer, 2 * (answerLength + length));
    }
    in.readBytes(answer, answerLength, length);
    answerLength += length;
  }

  private void examine(ChannelHandlerContext context, long now) {
    HandshakeAnswer soFar = HandshakeAnswer.of(answer, answerLength);
    if (!soFar.headComplete()) {
      if (!soFar.mayBeHttp() || answerLength > HandshakeAnswer.MAX_BYTES) {
        fail(soFar.notAWebSocket());
      }
      return;
    }
    Optional<ConnectFailure> refusal =
        soFar.refusal(
            OpeningHandshake.accept(key), route.deflate(), route.handshake().subprotocols(values));
    if (refusal.isEmpty()) {
      succeed(context, soFar, now);
    } else if (soFar.status() == 101 || soFar.bodyShowable()) {
      fail(refusal.get());
    }
  }

  private void succeed(ChannelHandlerContext context, HandshakeAnswer opened, long now) {
    finish();
    Client client = new Client(loop, socket, role, route, values);
    ClientHandler handler = client.handler();
    if (opened.extensions().isPresent()) {
      handler.inflate();
    }
    context.pipeline().replace(this, null, handler);
    loop.clients.add(client);
    handler.dialogue().begin();
    listener.connected(client, now);
    handler.decode(answer, opened.bodyAt(), answerLength);
  }

  private void timedOut() {
    fail(
        answerLength > 0
            ? HandshakeAnswer.of(answer, answerLength).notAWebSocket()
            : new ConnectFailure.TimedOut(route.connectTimeout(), step()));
  }

  private Step step() {
    if (!socket.isActive()) {
      return Step.TCP;
    }
    SslHandler tls = socket.pipeline().get(SslHandler.class);
    return tls == null || tls.handshakeFuture().isDone() ? Step.WEBSOCKET : Step.TLS;
  }

  private void fail(ConnectFailure failure) {
    if (finished) {
      return;
    }
    long now = loop.clock.nanoTime();
    finish();
    if (socket != null) {
      var unused = socket.close();
    }
    listener.failed(failure.hiding(identity), now);
  }

  private void finish() {
    finished = true;
    loop.attempts.remove(this);
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private static String sentence(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof NotSslRecordException) {
      return "the port speaks no TLS; try ws://";
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  /** Stands before TLS, which begins its handshake as soon as it learns of the connection. */
  private final class Opened extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      openedAtNanos = loop.clock.nanoTime();
      context.pipeline().remove(this);
      context.fireChannelActive();
    }
  }
}
