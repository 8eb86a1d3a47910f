package dev.fanbench.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * One connection: its requests, one after another, and their responses. For the event loop only.
 *
 * <p>A connection is used again only if both sides agree on where its response ended. Bytes that
 * belong to no response end it.
 */
final class PooledConnection extends ChannelInboundHandlerAdapter implements ResponseParser.Sink {
  /** The steps in the life of a connection. */
  private enum State {
    OPENING,
    READY,
    CLOSED
  }

  private final EndpointPool pool;
  private final boolean tls;
  private final ResponseParser parser = new ResponseParser(this);
  private ChannelHandlerContext ctx;
  private State state = State.OPENING;
  private long progressNanos;
  private Throwable cause;

  /** The request under way, or {@code null}. */
  private HttpExchange exchange;

  private RequestBody body;

  PooledConnection(EndpointPool pool, boolean tls) {
    this.pool = pool;
    this.tls = tls;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    if (!tls) {
      ready();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext at, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake && state == State.OPENING) {
      if (handshake.isSuccess()) {
        ready();
      } else {
        state = State.CLOSED;
        ctx.close();
        pool.failedToOpen(handshake.cause());
      }
    }
  }

  private void ready() {
    state = State.READY;
    progressed();
    pool.opened(this);
  }

  /** Sends a request; the connection is ready and carries none. */
  void send(HttpExchange next) {
    exchange = next;
    progressed();
    next.onAbort(() -> aborted(next));
    parser.begin(next.request().method() == SdkHttpMethod.HEAD);
    body = new RequestBody(this, ctx, next);
    body.send(pool.address());
  }

  /** The peer or the source of a request has moved on. */
  void progressed() {
    progressNanos = ConnectionLoop.nanos();
  }

  /** Stops or resumes reading, when the reader of a response does. */
  void reads(boolean wanted) {
    if (ctx.channel().config().isAutoRead() != wanted) {
      progressed();
      ctx.channel().config().setAutoRead(wanted);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      progressed();
      if (exchange == null) {
        // Whatever it says belongs to no request.
        close();
      } else {
        parser.read(bytes);
      }
    } catch (MalformedResponseException malformed) {
      fail(malformed);
    } finally {
      bytes.release();
    }
  }

  @Override
  public void head(SdkHttpResponse head) {
    exchange.head(head, this);
  }

  @Override
  public void data(ByteBuffer bytes) {
    exchange.data(bytes);
  }

  @Override
  public boolean isOver() {
    return exchange == null;
  }

  @Override
  public void end(boolean reusable) {
    HttpExchange done = exchange;
    boolean sent = body.isSent();
    exchange = null;
    done.received();
    if (reusable && sent && state == State.READY) {
      reads(true);
      pool.free(this);
    } else {
      body.cancel();
      close();
    }
    done.end();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext at) {
    progressed();
    if (exchange != null && ctx.channel().isWritable()) {
      body.resume();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext at, Throwable thrown) {
    cause = thrown;
    ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext at) {
    if (state == State.OPENING) {
      state = State.CLOSED;
      pool.failedToOpen(lost());
      return;
    }
    state = State.CLOSED;
    if (exchange != null && !parser.endOfStream()) {
      fail(lost());
    }
    pool.closed(this);
  }

  private IOException lost() {
    String sentence = "%s closed the connection before the response was complete";
    IOException lost = new EOFException(sentence.formatted(pool.address().header()));
    if (cause != null) {
      lost.initCause(cause);
    }
    return lost;
  }

  /** The caller has given the request up, and a response may still come. */
  private void aborted(HttpExchange given) {
    if (exchange == given) {
      exchange = null;
      body.cancel();
      close();
    }
  }

  /** Fails the request under way, if there is one, and closes the connection. */
  void fail(Throwable failure) {
    HttpExchange failed = exchange;
    exchange = null;
    if (failed != null) {
      body.cancel();
    }
    close();
    if (failed != null) {
      failed.fail(failure);
    }
  }

  /** Closes the connection, which carries no request. */
  void close() {
    state = State.CLOSED;
    pool.closed(this);
    ctx.close();
  }

  /** Ends a request without progress, or a connection without use. */
  void sweep(long now, TransportConfig options) {
    long quiet = now - progressNanos;
    if (exchange == null) {
      if (quiet > options.idleNanos()) {
        close();
      }
    } else if (!body.isSent()) {
      if (!ctx.channel().isWritable() && quiet > options.writeNanos()) {
        fail(timeout("took no byte of the request", options.writeNanos()));
      }
    } else if (ctx.channel().config().isAutoRead() && quiet > options.readNanos()) {
      fail(timeout("sent no byte of the response", options.readNanos()));
    }
  }

  private SocketTimeoutException timeout(String what, long nanos) {
    return new SocketTimeoutException(
        "%s %s for %d ms".formatted(pool.address().header(), what, nanos / 1_000_000));
  }
}
