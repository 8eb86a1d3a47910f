package dev.fanbench.emulator.runtime;

import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.runtime.RuntimeSession.Reaction;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The calls of one connection of a process. */
final class RuntimeApiHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final String VERSION = "/2018-06-01/runtime/";
  private static final String NEXT = VERSION + "invocation/next";
  private static final String INIT_ERROR = VERSION + "init/error";
  private static final Pattern ANSWER =
      Pattern.compile(VERSION + "invocation/([\\w-]{1,64})/(response|error)");
  private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";

  private final RuntimeSession session;
  private final int payloadBytes;

  /** The open question of this connection, or null. */
  private Consumer<RuntimeRequest> asking;

  RuntimeApiHandler(RuntimeSession session, int payloadBytes) {
    this.session = session;
    this.payloadBytes = payloadBytes;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    String path = request.uri();
    if (request.method().equals(HttpMethod.GET) && path.equals(NEXT)) {
      next(ctx, keepAlive);
      return;
    }
    Matcher answer = ANSWER.matcher(path);
    if (request.method().equals(HttpMethod.POST) && path.equals(INIT_ERROR)) {
      session.end(
          FunctionFailure.reported(
              request.headers().get(ERROR_TYPE), ByteBufUtil.getBytes(request.content())));
      reply(ctx, keepAlive, Reaction.ACCEPTED);
    } else if (request.method().equals(HttpMethod.POST) && answer.matches()) {
      answer(ctx, keepAlive, answer, request);
    } else {
      send(
          ctx,
          keepAlive,
          HttpResponseStatus.NOT_FOUND,
          error("InvalidPath", "there is no such path"));
    }
  }

  private void next(ChannelHandlerContext ctx, boolean keepAlive) {
    RequestGuard guard = new RequestGuard("a call of the Runtime API", ctx::close);
    asking = given -> guard.execute(ctx.channel().eventLoop(), () -> hand(ctx, keepAlive, given));
    Reaction reaction = session.next(asking);
    if (reaction != Reaction.ACCEPTED) {
      asking = null;
      reply(ctx, keepAlive, reaction);
    }
  }

  private void hand(ChannelHandlerContext ctx, boolean keepAlive, RuntimeRequest given) {
    asking = null;
    FullHttpResponse response = response(HttpResponseStatus.OK, given.event());
    response
        .headers()
        .set("Lambda-Runtime-Aws-Request-Id", given.id())
        .set("Lambda-Runtime-Deadline-Ms", given.deadlineMillis())
        .set("Lambda-Runtime-Invoked-Function-Arn", given.functionArn())
        .set("Lambda-Runtime-Trace-Id", given.traceId());
    send(ctx, keepAlive, response);
  }

  private void answer(
      ChannelHandlerContext ctx, boolean keepAlive, Matcher path, FullHttpRequest request) {
    String id = path.group(1);
    if (path.group(2).equals("error")) {
      byte[] report = ByteBufUtil.getBytes(request.content());
      String type = request.headers().get(ERROR_TYPE);
      reply(ctx, keepAlive, session.fail(id, FunctionFailure.reported(type, report)));
    } else if (request.content().readableBytes() > payloadBytes) {
      session.fail(id, FunctionFailure.tooLarge(payloadBytes));
      send(ctx, keepAlive, tooLarge());
    } else {
      reply(ctx, keepAlive, session.answer(id, ByteBufUtil.getBytes(request.content())));
    }
  }

  /**
   * Refuses a call whose body is dropped. The request that it answers, or the initialisation, fails
   * for that.
   *
   * @return completes when the refusal is written
   */
  ChannelFuture refuse(ChannelHandlerContext ctx, HttpRequest call) {
    Matcher answer = ANSWER.matcher(call.uri());
    if (call.method().equals(HttpMethod.POST) && answer.matches()) {
      session.fail(answer.group(1), FunctionFailure.tooLarge(payloadBytes));
    } else if (call.method().equals(HttpMethod.POST) && call.uri().equals(INIT_ERROR)) {
      session.end(FunctionFailure.tooLarge(payloadBytes));
    }
    FullHttpResponse refusal = tooLarge();
    HttpUtil.setKeepAlive(refusal, false);
    return ctx.writeAndFlush(refusal);
  }

  private FullHttpResponse tooLarge() {
    return response(
        HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
        error("RequestEntityTooLarge", "allowed are %d bytes".formatted(payloadBytes)));
  }

  private static void reply(ChannelHandlerContext ctx, boolean keepAlive, Reaction reaction) {
    switch (reaction) {
      case ACCEPTED -> send(ctx, keepAlive, HttpResponseStatus.ACCEPTED, "{\"status\":\"OK\"}\n");
      case UNKNOWN_REQUEST ->
          send(
              ctx,
              keepAlive,
              HttpResponseStatus.BAD_REQUEST,
              error("InvalidRequestID", "Invalid request ID"));
      case OUT_OF_TURN ->
          send(
              ctx,
              keepAlive,
              HttpResponseStatus.FORBIDDEN,
              error("InvalidStateTransition", "the last request is not answered yet"));
    }
  }

  private static String error(String type, String message) {
    return "{\"errorMessage\":\"%s\",\"errorType\":\"%s\"}\n".formatted(message, type);
  }

  private static void send(
      ChannelHandlerContext ctx, boolean keepAlive, HttpResponseStatus status, String body) {
    send(ctx, keepAlive, response(status, body));
  }

  private static FullHttpResponse response(HttpResponseStatus status, String body) {
    return response(status, body.getBytes(StandardCharsets.UTF_8));
  }

  private static FullHttpResponse response(HttpResponseStatus status, byte[] body) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    return response;
  }

  private static void send(
      ChannelHandlerContext ctx, boolean keepAlive, FullHttpResponse response) {
    HttpUtil.setKeepAlive(response, keepAlive);
    if (keepAlive) {
      ctx.writeAndFlush(response, ctx.voidPromise());
    } else {
      ctx.writeAndFlush(response).addListener(written -> ctx.close());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (asking != null) {
      session.withdraw(asking);
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      RequestGuard.report("a connection of the Runtime API", cause);
    }
    ctx.close();
  }
}
