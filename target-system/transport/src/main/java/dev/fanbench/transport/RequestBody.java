package dev.fanbench.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Writes a request: its head, then its body as it is published. A small request goes out in one
 * write. The next part is asked for when the socket has taken enough of those before.
 *
 * <p>The publisher may call on any thread.
 */
final class RequestBody implements Subscriber<ByteBuffer> {
  private static final int HEAD_BYTES = 1_024;

  /** A part up to this size is joined with what is not yet written. */
  private static final int JOINED_BYTES = 8_192;

  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

  private final PooledConnection connection;
  private final ChannelHandlerContext ctx;
  private final HttpExchange exchange;
  private Subscription source;

  /** The head and what was joined with it, not yet written; {@code null} for nothing. */
  private ByteBuf unwritten;

  /** Bytes of the body that are still to come; {@link RequestHead#CHUNKED} if that is unknown. */
  private long left;

  private boolean asking;
  private boolean askAgain;
  private boolean waits;
  private boolean sent;
  private boolean cancelled;

  RequestBody(PooledConnection connection, ChannelHandlerContext ctx, HttpExchange exchange) {
    this.connection = connection;
    this.ctx = ctx;
    this.exchange = exchange;
  }

  /** Begins. */
  void send(HostAddress address) {
    unwritten = ctx.alloc().directBuffer(HEAD_BYTES);
    try {
      left = RequestHead.write(exchange.request(), exchange.content(), address, unwritten);
      exchange.content().subscribe(this);
    } catch (RuntimeException refused) {
      fail(refused);
    }
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    run(
        () -> {
          if (source != null || cancelled) {
            subscription.cancel();
          } else {
            source = subscription;
            ask();
          }
        });
  }

  /** Asks for one part after another, and not from within the call that brings one. */
  private void ask() {
    if (asking) {
      askAgain = true;
      return;
    }
    asking = true;
    do {
      askAgain = false;
      waits = !ctx.channel().isWritable();
      if (!waits) {
        source.request(1);
      }
    } while (askAgain && !sent && !cancelled);
    asking = false;
    if (!sent && !cancelled) {
      flush();
    }
  }

  @Override
  public void onNext(ByteBuffer part) {
    if (ctx.executor().inEventLoop()) {
      add(part);
    } else {
      run(() -> add(part));
    }
  }

  private void add(ByteBuffer part) {
    if (sent || cancelled) {
      return;
    }
    connection.progressed();
    int bytes = part.remaining();
    if (left == RequestHead.CHUNKED) {
      if (bytes > 0) {
        write(ByteBuffer.wrap((Integer.toHexString(bytes) + "\r\n").getBytes(US_ASCII)));
        write(part);
        write(ByteBuffer.wrap(CRLF));
      }
    } else if (bytes > left) {
      fail(new IllegalStateException("the request's body is longer than its Content-Length"));
      return;
    } else {
      left -= bytes;
      write(part);
    }
    ask();
  }

  private void write(ByteBuffer part) {
    if (unwritten != null && unwritten.readableBytes() + part.remaining() > JOINED_BYTES) {
      ctx.write(unwritten, ctx.voidPromise());
      unwritten = null;
    }
    if (unwritten == null) {
      unwritten = ctx.alloc().directBuffer(Math.max(HEAD_BYTES, part.remaining()));
    }
    unwritten.writeBytes(part.duplicate());
  }

  private void flush() {
    if (unwritten != null) {
      ByteBuf bytes = unwritten;
      unwritten = null;
      ctx.writeAndFlush(bytes, ctx.voidPromise());
    } else {
      ctx.flush();
    }
  }

  @Override
  public void onComplete() {
    run(
        () -> {
          if (sent || cancelled) {
            return;
          }
          if (left == RequestHead.CHUNKED) {
            write(ByteBuffer.wrap(LAST_CHUNK));
          } else if (left > 0) {
            fail(
                new IllegalStateException(
                    "the request's body is %d bytes shorter than its Content-Length"
                        .formatted(left)));
            return;
          }
          sent = true;
          connection.progressed();
          flush();
        });
  }

  @Override
  public void onError(Throwable failure) {
    run(() -> fail(failure));
  }

  private void fail(Throwable failure) {
    if (!sent && !cancelled) {
      cancel();
      connection.fail(failure);
    }
  }

  /** The socket takes more. */
  void resume() {
    if (waits && source != null && !sent && !cancelled) {
      ask();
    }
  }

  /** Whether all of it was written. */
  boolean isSent() {
    return sent;
  }

  /** Gives up what was not written. */
  void cancel() {
    if (sent || cancelled) {
      return;
    }
    cancelled = true;
    if (unwritten != null) {
      unwritten.release();
      unwritten = null;
    }
    if (source != null) {
      source.cancel();
    }
  }

  private void run(Runnable step) {
    if (ctx.executor().inEventLoop()) {
      step.run();
    } else {
      try {
        ctx.executor().execute(step);
      } catch (RejectedExecutionException closed) {
        // The client is closed, and has failed the request.
        return;
      }
    }
  }
}
