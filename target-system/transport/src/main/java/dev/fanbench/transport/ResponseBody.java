package dev.fanbench.transport;

import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The body of a response, for one subscriber. While the subscriber asks for nothing, the connection
 * is not read, so at most one read waits here.
 *
 * <p>The subscriber may ask and cancel on any thread; it is called on the event loop.
 */
final class ResponseBody implements Publisher<ByteBuffer>, Subscription {
  private final EventLoop loop;
  private final PooledConnection from;
  private final HttpExchange exchange;
  private final Queue<ByteBuffer> parts = new ArrayDeque<>(1);
  private Subscriber<? super ByteBuffer> subscriber;
  private long demand;
  private boolean delivering;
  private boolean complete;
  private boolean ended;
  private Throwable failure;

  ResponseBody(EventLoop loop, PooledConnection from, HttpExchange exchange) {
    this.loop = loop;
    this.from = from;
    this.exchange = exchange;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> reader) {
    if (reader == null) {
      throw new NullPointerException("subscriber");
    }
    run(() -> begin(reader));
  }

  private void begin(Subscriber<? super ByteBuffer> reader) {
    if (subscriber != null) {
      reader.onSubscribe(new Refused());
      reader.onError(new IllegalStateException("a response has one subscriber"));
      return;
    }
    subscriber = reader;
    reader.onSubscribe(this);
    deliver();
  }

  @Override
  public void request(long count) {
    run(
        () -> {
          if (count <= 0) {
            giveUp(new IllegalArgumentException("request(%d): 1 at least".formatted(count)));
          } else {
            demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
            deliver();
          }
        });
  }

  @Override
  public void cancel() {
    run(
        () -> {
          if (!ended) {
            ended = true;
            parts.clear();
            giveUp(new CancellationException("the subscriber cancelled the response"));
          }
        });
  }

  private void giveUp(Throwable reason) {
    if (complete) {
      exchange.fail(reason);
    } else {
      from.fail(reason);
    }
  }

  private void run(Runnable step) {
    if (loop.inEventLoop()) {
      step.run();
    } else {
      try {
        loop.execute(step);
      } catch (RejectedExecutionException closed) {
        // The client is closed, and has failed the response.
        return;
      }
    }
  }

  /** A part has arrived. */
  void add(ByteBuffer part) {
    parts.add(part);
    deliver();
    if (!complete && !ended && !parts.isEmpty()) {
      from.reads(false);
    }
  }

  /** All parts have arrived, and the connection goes to another request. */
  void received() {
    complete = true;
  }

  /** Delivers the rest and the end, after {@link #received()}. */
  void end() {
    deliver();
  }

  /** No more parts arrive. */
  void fail(Throwable reason) {
    failure = reason;
    parts.clear();
    deliver();
  }

  /** Hands over as much as was asked for; a subscriber that asks again meanwhile gets it here. */
  private void deliver() {
    if (delivering || subscriber == null || ended) {
      return;
    }
    delivering = true;
    try {
      while (demand > 0 && !parts.isEmpty() && !ended) {
        demand--;
        subscriber.onNext(parts.remove());
      }
      finish();
    } catch (RuntimeException thrown) {
      ended = true;
      giveUp(thrown);
    } finally {
      delivering = false;
    }
  }

  private void finish() {
    if (ended) {
      return;
    }
    if (failure != null) {
      ended = true;
      subscriber.onError(failure);
    } else if (complete && parts.isEmpty()) {
      ended = true;
      subscriber.onComplete();
      exchange.delivered();
    } else if (!complete && parts.isEmpty() && demand > 0) {
      from.reads(true);
    }
  }

  /** The subscription of a second subscriber. */
  private static final class Refused implements Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }
}
