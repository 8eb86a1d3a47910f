package dev.fanbench.emulator.invoke;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.lambda.EventRequest;
import dev.fanbench.emulator.lambda.FunctionException;
import dev.fanbench.emulator.lambda.Invocation;
import dev.fanbench.emulator.lambda.Invoker;
import dev.fanbench.emulator.latency.Hop;
import dev.fanbench.emulator.latency.Latency;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The calls of one HTTP connection, one after the other as HTTP/1.1 has them. */
final class InvokeHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Pattern PATH =
      Pattern.compile("/2015-03-31/functions/([^/]+)/invocations(\\?.*)?");
  private static final String FUNCTION_ERROR = "X-Amz-Function-Error";
  private static final String ERROR_TYPE = "x-amzn-ErrorType";
  private static final String INVOCATION_TYPE = "X-Amz-Invocation-Type";
  private static final String WAITING = "RequestResponse";
  private static final String EVENT = "Event";
  private static final String DRY_RUN = "DryRun";

  private final Invoker invoker;
  private final Latency latency;

  InvokeHandler(Invoker invoker, Latency latency) {
    this.invoker = invoker;
    this.latency = latency;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    Matcher path = PATH.matcher(request.uri());
    if (!request.method().equals(HttpMethod.POST) || !path.matches()) {
      refuse(ctx, HttpResponseStatus.BAD_REQUEST, "InvalidRequestContentException");
      return;
    }
    Optional<String> found;
    try {
      found = invoker.find(QueryStringDecoder.decodeComponent(path.group(1)));
    } catch (IllegalArgumentException broken) {
      refuse(ctx, HttpResponseStatus.BAD_REQUEST, "InvalidRequestContentException");
      return;
    }
    if (found.isEmpty()) {
      refuse(ctx, HttpResponseStatus.NOT_FOUND, "ResourceNotFoundException");
      return;
    }
    String function = found.get();
    String type = request.headers().get(INVOCATION_TYPE, WAITING);
    if (!Set.of(WAITING, EVENT, DRY_RUN).contains(type)) {
      refuse(ctx, HttpResponseStatus.BAD_REQUEST, "InvalidParameterValueException");
      return;
    }
    if (type.equals(DRY_RUN)) {
      send(ctx, response(HttpResponseStatus.NO_CONTENT, new byte[0]));
      return;
    }
    byte[] event = ByteBufUtil.getBytes(request.content());
    RequestGuard guard =
        new RequestGuard(
            "a call of " + function,
            () -> refuse(ctx, HttpResponseStatus.INTERNAL_SERVER_ERROR, "ServiceException"));
    guard.take(
        latency,
        Hop.INVOKE,
        ctx.channel().eventLoop(),
        () -> {
          if (type.equals(EVENT)) {
            EventRequest.start(invoker, function, event);
            send(ctx, response(HttpResponseStatus.ACCEPTED, new byte[0]));
          } else {
            invoke(ctx, guard, function, event);
          }
        });
  }

  private void invoke(
      ChannelHandlerContext ctx, RequestGuard guard, String function, byte[] event) {
    EventLoop loop = ctx.channel().eventLoop();
    Invocation invocation = invoker.invokeByFunction(function, event);
    ScheduledFuture<?> timer =
        guard.schedule(
            loop,
            invoker.timeout(function).toMillis(),
            () -> {
              invocation.abandon();
              failed(ctx, function + " timed out");
            });
    guard.whenComplete(
        invocation.answer(),
        loop,
        (output, failure) -> {
          if (timer.cancel(false)) {
            answered(ctx, output, failure);
          }
        });
  }

  private static void answered(ChannelHandlerContext ctx, byte[] output, Throwable failure) {
    if (failure == null) {
      send(ctx, response(HttpResponseStatus.OK, output));
      return;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof RejectedExecutionException) {
      refuse(ctx, HttpResponseStatus.TOO_MANY_REQUESTS, "TooManyRequestsException");
    } else if (cause instanceof FunctionException reported) {
      failed(ctx, reported.payload());
    } else {
      failed(ctx, String.valueOf(cause));
    }
  }

  /** A function that fails is a success of the call: the header says otherwise. */
  private static void failed(ChannelHandlerContext ctx, String why) {
    String body =
        "{\"errorMessage\":\"%s\"}"
            .formatted(String.valueOf(JsonStringEncoder.getInstance().quoteAsString(why)));
    failed(ctx, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void failed(ChannelHandlerContext ctx, byte[] body) {
    FullHttpResponse response = response(HttpResponseStatus.OK, body);
    response.headers().set(FUNCTION_ERROR, "Unhandled");
    send(ctx, response);
  }

  private static void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String type) {
    FullHttpResponse response = response(status, new byte[0]);
    response.headers().set(ERROR_TYPE, type);
    send(ctx, response);
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

  private static void send(ChannelHandlerContext ctx, FullHttpResponse response) {
    ctx.writeAndFlush(response, ctx.voidPromise());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      RequestGuard.report("a connection of the invoke API", cause);
    }
    ctx.close();
  }
}
