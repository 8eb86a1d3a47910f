package dev.fanbench.baseline;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.FORBIDDEN;
import static io.netty.handler.codec.http.HttpResponseStatus.INTERNAL_SERVER_ERROR;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_TIMEOUT;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_URI_TOO_LONG;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;
import static io.netty.handler.codec.http.HttpResponseStatus.UNAUTHORIZED;

import dev.fanbench.baseline.Admission.Verdict;
import dev.fanbench.baseline.Admission.Verdict.Admitted;
import dev.fanbench.baseline.Admission.Verdict.Denied;
import dev.fanbench.baseline.Admission.Verdict.Unauthorized;
import dev.fanbench.protocol.handshake.HandshakeCheck;
import dev.fanbench.protocol.handshake.RequestTarget;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Answers the one HTTP request of a connection: with an upgrade if it asks for one at the stage's
 * path, otherwise with a refusal, after which the connection ends.
 */
final class UpgradeHandler extends ChannelDuplexHandler {
  /** The seconds from a client's connection to the end of its request. */
  static final long LONGEST_SECONDS = 10;

  /**
   * The result of the handshake.
   *
   * @param user the authenticated user; empty without authentication
   * @param deflates whether permessage-deflate was agreed
   */
  record Agreed(Optional<String> user, boolean deflates) {}

  private static final System.Logger LOG = System.getLogger(UpgradeHandler.class.getName());

  private final String path;
  private final BooleanSupplier open;
  private final int frameBytes;
  private final boolean deflate;
  private final Admission admission;
  private final BiConsumer<ChannelPipeline, Agreed> upgraded;
  private Agreed agreed;
  private boolean refused;
  private Future<?> deadline;

  /**
   * A handler for one connection.
   *
   * @param stage the path that is served, without slashes
   * @param open whether connections are still taken
   * @param frameBytes the longest frame that is taken afterwards
   * @param admission says who may connect
   * @param deflate whether permessage-deflate may be agreed
   * @param upgraded adds what handles the frames of an upgraded connection
   */
  UpgradeHandler(
      String stage,
      BooleanSupplier open,
      int frameBytes,
      Admission admission,
      boolean deflate,
      BiConsumer<ChannelPipeline, Agreed> upgraded) {
    this.path = "/" + stage;
    this.open = open;
    this.frameBytes = frameBytes;
    this.deflate = deflate;
    this.admission = admission;
    this.upgraded = upgraded;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    deadline = ctx.executor().schedule(() -> expire(ctx), LONGEST_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    deadline.cancel(false);
  }

  /** Told and not waited for: who has not sent a request in this time need not read either. */
  private void expire(ChannelHandlerContext ctx) {
    refuse(ctx, HttpRefusal.of(REQUEST_TIMEOUT));
    ctx.close();
  }

  /** Takes the first request; what follows a request that was answered is thrown away. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (agreed == null && !refused && message instanceof FullHttpRequest request) {
        answer(ctx, request);
      }
    } catch (RuntimeException failure) {
      fail(ctx, failure);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void answer(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (!open.getAsBoolean()) {
      refuse(ctx, HttpRefusal.of(SERVICE_UNAVAILABLE));
    } else if (request.decoderResult().isFailure()) {
      refuse(ctx, HttpRefusal.of(statusOf(request.decoderResult().cause())));
    } else if (!isStage(request.uri())) {
      refuse(ctx, HttpRefusal.of(FORBIDDEN));
    } else {
      HandshakeCheck.violation(
              request.method().name(),
              request.protocolVersion().text(),
              name -> request.headers().getAll(name))
          .ifPresentOrElse(
              violation -> refuse(ctx, HttpRefusal.of(violation)), () -> admit(ctx, request));
    }
  }

  private void admit(ChannelHandlerContext ctx, FullHttpRequest request) {
    Verdict verdict = admission.of(request);
    if (verdict instanceof Unauthorized) {
      refuse(ctx, HttpRefusal.of(UNAUTHORIZED));
    } else if (verdict instanceof Denied) {
      refuse(ctx, HttpRefusal.of(FORBIDDEN));
    } else if (verdict instanceof Admitted admitted) {
      upgrade(ctx, request, admitted.user());
    }
  }

  private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request, Optional<String> user) {
    Optional<String> extension =
        deflate ? DeflateNegotiation.answer(request.headers()) : Optional.empty();
    HttpHeaders answer = new DefaultHttpHeaders();
    extension.ifPresent(e -> answer.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, e));
    WebSocketDecoderConfig decoding =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(frameBytes)
            .allowExtensions(extension.isPresent())
            // Violations are answered by ConnectionHandler, which lets the client read the answer.
            .closeOnProtocolViolation(false)
            .build();
    agreed = new Agreed(user, extension.isPresent());
    new WebSocketServerHandshaker13(request.uri(), null, decoding)
        .handshake(ctx.channel(), request, answer, ctx.channel().newPromise())
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  private boolean isStage(String uri) {
    String requested = new QueryStringDecoder(RequestTarget.originForm(uri)).rawPath();
    return requested.equals(path) || requested.equals(path + "/");
  }

  private static HttpResponseStatus statusOf(Throwable broken) {
    if (broken instanceof TooLongHttpHeaderException) {
      return REQUEST_HEADER_FIELDS_TOO_LARGE;
    }
    return broken instanceof TooLongHttpLineException ? REQUEST_URI_TOO_LONG : BAD_REQUEST;
  }

  /** Answers once; whatever comes later finds the connection answered. */
  private void refuse(ChannelHandlerContext ctx, HttpRefusal refusal) {
    if (!refused) {
      refused = true;
      deadline.cancel(false);
      refusal.writeTo(ctx);
    }
  }

  /**
   * Enters the chat between the writing of the 101 and its sending. So a client that has its 101 is
   * a member for publications from every event loop, and no delivery can overtake the 101.
   */
  @Override
  public void flush(ChannelHandlerContext ctx) {
    if (agreed != null) {
      upgraded.accept(ctx.pipeline(), agreed);
      ctx.pipeline().remove(this);
    }
    ctx.flush();
  }

  /** The server is stopping and this connection never began. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ConnectionHandler.GoAway) {
      ctx.close();
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof TooLongHttpContentException) {
      refuse(ctx, HttpRefusal.of(REQUEST_ENTITY_TOO_LARGE));
    } else if (cause instanceof IOException || cause instanceof PrematureChannelClosureException) {
      ctx.close();
    } else {
      fail(ctx, cause);
    }
  }

  /** Says so to a client that has no answer yet, and to the log. */
  private void fail(ChannelHandlerContext ctx, Throwable failure) {
    LOG.log(Level.WARNING, "A handshake failed", failure);
    if (agreed == null) {
      refuse(ctx, HttpRefusal.of(INTERNAL_SERVER_ERROR));
    } else {
      ctx.close();
    }
  }
}
