package dev.fanbench.transport;

import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/**
 * A request and its response: what the SDK gave, and the future that it got. The future completes
 * after the last byte was delivered. A caller that completes it itself gives the request up.
 *
 * <p>For the event loop only, but for {@link #future()} and a failure before the request started.
 */
final class HttpExchange {
  private final AsyncExecuteRequest request;
  private final EventLoop loop;
  private final long startedNanos = ConnectionLoop.nanos();
  private final CompletableFuture<Void> future = new CompletableFuture<>();
  private ResponseBody response;
  private Runnable abort = () -> {};
  private volatile boolean over;

  HttpExchange(AsyncExecuteRequest request, EventLoop loop) {
    this.request = request;
    this.loop = loop;
    var unused =
        future.whenComplete(
            (none, failure) -> {
              if (!over) {
                abandon(failure);
              }
            });
  }

  private void abandon(Throwable failure) {
    try {
      if (loop.inEventLoop()) {
        abort(failure);
      } else {
        loop.execute(() -> abort(failure));
      }
    } catch (RejectedExecutionException closed) {
      over = true;
    }
  }

  private void abort(Throwable failure) {
    if (!over) {
      over = true;
      abort.run();
      tell(failure == null ? new CancellationException("the caller gave it up") : failure);
    }
  }

  private void tell(Throwable failure) {
    if (response != null) {
      response.fail(failure);
    }
    try {
      handler().onError(failure);
    } catch (RuntimeException thrown) {
      failure.addSuppressed(thrown);
    }
  }

  CompletableFuture<Void> future() {
    return future;
  }

  SdkHttpRequest request() {
    return request.request();
  }

  SdkHttpContentPublisher content() {
    return request.requestContentPublisher();
  }

  private SdkAsyncHttpResponseHandler handler() {
    return request.responseHandler();
  }

  long startedNanos() {
    return startedNanos;
  }

  /** Whether it has an outcome. */
  boolean isOver() {
    return over;
  }

  /** The step that takes the request back from its place at present. */
  void onAbort(Runnable step) {
    abort = step;
  }

  /** The response begins. */
  void head(SdkHttpResponse head, PooledConnection from) {
    response = new ResponseBody(loop, from, this);
    try {
      handler().onHeaders(head);
      handler().onStream(response);
    } catch (RuntimeException thrown) {
      from.fail(thrown);
    }
  }

  /** A part of the response's body. */
  void data(ByteBuffer bytes) {
    response.add(bytes);
  }

  /** The response has arrived; its connection may be given to another request. */
  void received() {
    response.received();
  }

  /** Ends the response for its reader, after {@link #received()}. */
  void end() {
    response.end();
  }

  /** The reader has got everything. */
  void delivered() {
    if (!over) {
      over = true;
      future.complete(null);
    }
  }

  /** Ends with a failure, unless there is an outcome. */
  void fail(Throwable failure) {
    if (over) {
      return;
    }
    over = true;
    tell(failure);
    future.completeExceptionally(failure);
  }
}
