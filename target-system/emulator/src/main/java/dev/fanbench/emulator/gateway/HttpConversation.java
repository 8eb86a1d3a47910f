package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.quota.Quota;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * The requests and answers of one HTTP connection. Requests are taken one after another, so that
 * answers keep their order, and each has exactly one answer. A connection stays open as its client
 * asks. A request that is not complete in time is answered with 408.
 *
 * <p>For its event loop only. A request that is answered at once costs no timer and no object.
 */
final class HttpConversation extends SimpleChannelInboundHandler<FullHttpRequest> {
  /** The time that a client has to read the last answer and close. */
  private static final long CLOSE_MILLIS = 2_000;

  private static final int NONE = -1;

  private final Gateway gateway;
  private final HttpDoor door;
  private final RequestDecoder decoder;
  private ChannelHandlerContext ctx;

  /** Of the steps between requests: one that fails ends the connection. */
  private final RequestGuard guard = new RequestGuard("a connection", () -> ctx.close());

  /** A request is handed on and not answered yet. */
  private boolean underWay;

  /** The last answer is given; nothing more is read. */
  private boolean ending;

  private boolean handingOn;
  private boolean keepsOpen;
  private boolean withoutBody;
  private boolean isOldVersion;

  /** The number of a request that was answered before its end; the rest of it is dropped. */
  private int answeredEarly = NONE;

  /** The handshake of the current request, or {@code null}. */
  private Handshake handshake;

  private Future<?> deadline;

  /** The number of the request that the deadline is for. */
  private int limited;

  HttpConversation(Gateway gateway, HttpDoor door) {
    this.gateway = gateway;
    this.door = door;
    this.decoder = new RequestDecoder(this, gateway.quotas);
  }

  /** Adds the handlers of a new connection. */
  void begin(ChannelPipeline pipeline) {
    pipeline
        .addLast(decoder)
        .addLast(new HttpResponseEncoder())
        .addLast(new PostCollector(this, gateway.quotas))
        .addLast(this);
  }

  Channel channel() {
    return ctx.channel();
  }

  EventLoop loop() {
    return ctx.channel().eventLoop();
  }

  /** Whether no further request is taken now: one is under way, or answers are not read. */
  boolean isPaused() {
    return underWay || !ctx.channel().isWritable();
  }

  boolean isEnding() {
    return ending;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
    limit();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    unlimit();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    unlimit();
    take(request);
    handingOn = true;
    try {
      door.handle(this, request);
    } catch (Throwable failed) {
      // Caught here and not by a guard, which would be an object for each post.
      fail(failed);
    } finally {
      handingOn = false;
    }
  }

  /** Answers 413 to a request whose body is too long before all of it has come. */
  void refuseBody(HttpRequest request) {
    gateway.quotas.hit(Quota.POST_BYTES);
    answeredEarly = decoder.ended();
    take(request);
    // A client that has asked may send the body or not: what comes next cannot be told.
    keepsOpen &= !HttpUtil.is100ContinueExpected(request);
    handingOn = true;
    HttpAnswerWriter.error(
        this,
        HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
        "PayloadTooLargeException",
        HttpAnswerWriter.message("Message too long"));
    handingOn = false;
  }

  private void take(HttpRequest request) {
    underWay = true;
    isOldVersion = !request.protocolVersion().isKeepAliveDefault();
    keepsOpen =
        request.headers().contains(HttpHeaderNames.CONNECTION)
            ? HttpUtil.isKeepAlive(request)
            : !isOldVersion;
    withoutBody = request.method().equals(HttpMethod.HEAD);
  }

  /** Answers the request under way; without one the answer is dropped. */
  void answer(FullHttpResponse given) {
    if (!underWay) {
      given.release();
      return;
    }
    underWay = false;
    handshake = null;
    FullHttpResponse response = withoutBody ? headOf(given) : given;
    if (!keepsOpen) {
      end(response);
      return;
    }
    if (isOldVersion) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    int bytes = response.content().readableBytes();
    ctx.write(response, ctx.voidPromise());
    FlushQueue.answer(ctx.channel(), bytes);
    if (!handingOn) {
      resume();
    }
  }

  /** Answers the request under way and ends the connection. */
  void answerLast(FullHttpResponse response) {
    keepsOpen = false;
    answer(response);
  }

  private static FullHttpResponse headOf(FullHttpResponse response) {
    FullHttpResponse head = response.replace(Unpooled.EMPTY_BUFFER);
    response.release();
    return head;
  }

  /**
   * Sends the last answer and waits, bounded, for the client to close: a socket that is closed with
   * bytes unread is reset, and the answer may be lost with it.
   */
  private void end(FullHttpResponse response) {
    ending = true;
    unlimit();
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    ctx.writeAndFlush(response)
        .addListener(
            written -> {
              if (written.isSuccess() && ctx.channel() instanceof DuplexChannel stream) {
                TlsDetector.shutdownOutput(stream);
              } else {
                ctx.close();
              }
            });
    ctx.channel().config().setAutoRead(true);
    if (ctx.channel().isActive()) {
      deadline = guard.schedule(loop(), CLOSE_MILLIS, () -> ctx.close());
    }
  }

  private void resume() {
    if (ctx.isRemoved() || isPaused()) {
      return;
    }
    try {
      decoder.resume();
    } catch (Exception broken) {
      exceptionCaught(ctx, broken);
    }
    watch();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    watch();
    context.fireChannelReadComplete();
  }

  private void watch() {
    if (ending || isPaused()) {
      return;
    }
    if (!decoder.isIncomplete()) {
      unlimit();
    } else if (deadline == null || limited != decoder.ended()) {
      unlimit();
      limit();
    }
  }

  private void limit() {
    limited = decoder.ended();
    deadline = guard.schedule(loop(), gateway.quotas.of(Quota.REQUEST_MILLIS), this::expire);
  }

  private void unlimit() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  private void expire() {
    deadline = null;
    gateway.quotas.hit(Quota.REQUEST_MILLIS);
    if (isPaused() || answeredEarly == limited) {
      ctx.close();
      return;
    }
    underWay = true;
    withoutBody = false;
    HttpAnswerWriter.last(
        this, HttpResponseStatus.REQUEST_TIMEOUT, HttpAnswerWriter.message("Request Timeout"));
  }

  /** From here to its answer the request under way is a handshake, which is told of its end. */
  void shakeHands(Handshake begun) {
    handshake = begun;
  }

  /**
   * Whether another request follows the one under way. A frame that a client has no right to send
   * yet begins with no letter, and waits.
   */
  boolean isFollowedByRequest() {
    return Character.isLetter(decoder.nextByte());
  }

  /** More bytes have come while a request is under way. */
  void sentAhead() {
    if (handshake != null && isFollowedByRequest()) {
      handshake.refuseSecondRequest();
    }
  }

  /**
   * Writes the answer 101 to the handshake under way.
   *
   * @return the future of the write
   */
  ChannelFuture upgrade(FullHttpResponse response) {
    ChannelFuture written = ctx.writeAndFlush(response);
    if (!written.isDone()) {
      limit();
    }
    return written;
  }

  /**
   * Becomes a WebSocket, once the 101 was written. Frames that came before are read after it.
   *
   * @param frames reads them, in front of {@code client}
   * @param deflate stands between both, if the client agreed to permessage-deflate
   */
  void become(ChannelHandler frames, Optional<DeflateHandler> deflate, ChannelHandler client) {
    underWay = false;
    handshake = null;
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.remove(PostCollector.class);
    pipeline.replace(this, "client", client);
    deflate.ifPresent(handler -> pipeline.addBefore("client", "deflate", handler));
    pipeline.replace(HttpResponseEncoder.class, "wsencoder", new WebSocket13FrameEncoder(false));
    // Before what is left over is read, which may end in reading nothing more.
    pipeline.channel().config().setAutoRead(true);
    pipeline.replace(decoder, "wsdecoder", frames);
  }

  /** A client has to read its answers, in the time that a request has. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (ending) {
      return;
    }
    unlimit();
    if (!context.channel().isWritable()) {
      limit();
    } else if (!underWay) {
      // Later, for this may be in the middle of a flush that a request has caused.
      guard.execute(loop(), this::resume);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    unlimit();
    underWay = false;
    if (handshake != null) {
      handshake.left();
      handshake = null;
    }
    context.fireChannelInactive();
  }

  private void fail(Throwable cause) {
    RequestGuard.report("a request", cause);
    HttpAnswerWriter.internalError(this);
  }

  /** Whether the client left, or its TLS handshake failed. */
  private static boolean isOfTheClient(Throwable cause) {
    return cause instanceof IOException
        || (cause instanceof DecoderException && cause.getCause() instanceof IOException);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A client that leaves in the middle of a request has ended its connection, and no more.
    if (context.channel().isActive() && !isOfTheClient(cause)) {
      RequestGuard.report("a connection", cause);
    }
    context.close();
  }
}
