package dev.fanbench.baseline;

import dev.fanbench.baseline.broadcast.LoopQueue;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Passes a client's frames on while there is room for the answers, and holds them back otherwise.
 * There is no room while the bound of waiting bytes is reached, or could be reached by requests
 * under way. Then the client is not read from, so at most the rest of one read, 64 KB, is held
 * back. A client that does not read its answers is not read from either, and no answer is lost.
 *
 * <p>It also holds frames back while the queue of another event loop is full of publications, and
 * while an answer has to come first.
 *
 * <p>It stands right behind the decoder, before any handler that could make a small frame large. It
 * belongs to the channel's event loop.
 */
final class FrameGate extends ChannelInboundHandlerAdapter {
  /** Netty's name of the decoder that its handshake puts into a pipeline. */
  private static final String DECODER = "wsdecoder";

  private final LongAdder pauses;
  private final PingSchedule pings;
  private ChannelHandlerContext ctx;
  private ClientActivity activity;

  /** Frames held back, oldest first; null if there never was one. */
  private Queue<Object> held;

  private long bytesUnderWay;
  private boolean waitsForLoop;
  private boolean waitsForAnswer;
  private boolean paused;
  private boolean passing;
  private boolean discarding;

  /**
   * @param pauses counts how often reading stops
   * @param pings of the channel's event loop
   */
  FrameGate(LongAdder pauses, PingSchedule pings) {
    this.pauses = pauses;
    this.pings = pings;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
    activity = new ClientActivity(added, pings);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) throws Exception {
    if (frame instanceof ByteBuf early) {
      decode(early);
      return;
    }
    activity.heard(frame);
    if (isFull() || isHolding()) {
      hold(frame);
    } else {
      context.fireChannelRead(frame);
      if (waits()) {
        pause(true);
      }
    }
  }

  /** Whether the client has filled the queue of another event loop, or an answer comes first. */
  private boolean waits() {
    LoopQueue full = LoopQueue.takeFilled();
    if (full != null && !discarding) {
      waitsForLoop = true;
      full.whenHalfEmpty(this::resume);
    }
    return waitsForLoop || waitsForAnswer;
  }

  /** On the thread of the other event loop. */
  private void resume() {
    runLater(
        () -> {
          waitsForLoop = false;
          pass();
        });
  }

  /**
   * Bytes that came behind the request, which the HTTP decoder leaves to the handlers behind it.
   */
  private void decode(ByteBuf early) throws Exception {
    ChannelHandlerContext decoder = ctx.pipeline().context(DECODER);
    ((ChannelInboundHandler) decoder.handler()).channelRead(decoder, early);
  }

  private boolean isHolding() {
    return held != null && !held.isEmpty();
  }

  private void hold(Object frame) {
    if (held == null) {
      held = new ArrayDeque<>();
    }
    held.add(frame);
  }

  /** Whether answers to one more frame could be too much. */
  private boolean isFull() {
    if (discarding) {
      return false;
    }
    if (waitsForLoop || waitsForAnswer) {
      return true;
    }
    return bytesUnderWay == 0
        ? !ctx.channel().isWritable()
        : bytesUnderWay >= ctx.channel().bytesBeforeUnwritable();
  }

  /** Counts a request that is answered later, as large as its answer may be. */
  void began(int bytes) {
    bytesUnderWay += bytes;
    pass();
  }

  /**
   * Holds later frames back until {@code done}, and then answers before they are passed on.
   *
   * @param done by any thread
   * @param answer run on the channel's event loop, once
   */
  void holdUntil(CompletionStage<?> done, Runnable answer) {
    waitsForAnswer = true;
    done.whenComplete((heard, failed) -> runLater(() -> answered(answer)));
  }

  private void answered(Runnable answer) {
    waitsForAnswer = false;
    answer.run();
    pass();
  }

  private void runLater(Runnable action) {
    try {
      ctx.executor().execute(action);
    } catch (RejectedExecutionException stopped) {
      // The channel is closed, which releases the frames that are held back.
    }
  }

  /** Counts it no longer, since its answer is among what waits for the client. */
  void ended(int bytes) {
    bytesUnderWay -= bytes;
    pass();
  }

  /** Reads on, whatever waits for the client, since nothing that it says is answered any more. */
  void discard() {
    discarding = true;
    activity.stop();
    pass();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    // First those behind, who deliver what they kept for the client before it is answered again.
    context.fireChannelWritabilityChanged();
    if (isHolding()) {
      // Later, since a delivery may be under way, and a frame may begin another one.
      runLater(this::pass);
    } else {
      pause(isFull());
    }
  }

  /** Passes on what is held back, as far as there is room, and reads if there is more room. */
  private void pass() {
    // An answer changes what there is room for, which comes back here.
    if (passing) {
      return;
    }
    passing = true;
    while (isHolding() && !isFull()) {
      ctx.fireChannelRead(held.remove());
      waits();
    }
    passing = false;
    pause(isFull());
  }

  private void pause(boolean full) {
    if (full != paused) {
      paused = full;
      if (full) {
        pauses.increment();
      }
      ctx.channel().config().setAutoRead(!full);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    activity.stop();
    while (isHolding()) {
      ReferenceCountUtil.release(held.remove());
    }
    context.fireChannelInactive();
  }
}
