package dev.fanbench.jmh.sockets;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import dev.fanbench.baseline.broadcast.Broadcaster;
import dev.fanbench.baseline.broadcast.DeliveryCounter;
import dev.fanbench.baseline.broadcast.FrameDeflater;
import dev.fanbench.baseline.broadcast.ServerLoopGroup;
import dev.fanbench.baseline.broadcast.ServerTransport;
import dev.fanbench.baseline.broadcast.Subscriber;
import dev.fanbench.baseline.broadcast.TextFrameWriter;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A room whose members are real loopback connections on one event loop, read by a {@link Sink} in
 * another process. The connections carry frames from the first byte on, without a handshake, and
 * have the outbound half of the server's pipeline, which is its encoder.
 *
 * <pre>{@code
 * try (LoopbackRoom room = LoopbackRoom.open(BroadcastKind.JOINED, Transport.best(), 1_000)) {
 *   LoopCost cost = room.publish("hello", 16, 1);
 * }
 * }</pre>
 *
 * One thread uses a room; the work is done on the room's event loop, as it is in the server.
 */
public final class LoopbackRoom implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;
  private static final int BACKLOG = 4_096;

  private final ServerLoopGroup loops;
  private final EventLoop loop;
  private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
  private final DeliveryCounter counters = new DeliveryCounter();
  private final ChannelGroup connections =
      new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);

  /** Filled and read on the loop. */
  private final List<Channel> members = new ArrayList<>();

  private final boolean deflates;
  private final CountDownLatch joined;
  private final Broadcaster broadcaster;
  private SinkProcess sink;
  private long publishedBytes;

  private LoopbackRoom(
      BroadcasterChoice choice, ServerTransport transport, int subscribers, boolean deflates) {
    this.deflates = deflates;
    loops = ServerLoopGroup.start(1, transport);
    loop = loops.all().get(0);
    joined = new CountDownLatch(subscribers);
    try {
      broadcaster = choice.create(loops, allocator, counters);
    } catch (RuntimeException failure) {
      loops.close();
      throw failure;
    }
  }

  /** Opens connections that get plain frames. */
  public static LoopbackRoom open(BroadcastKind kind, ServerTransport transport, int subscribers)
      throws IOException, InterruptedException {
    return open(new BroadcasterChoice.Shipped(kind), transport, subscribers, false);
  }

  /**
   * Opens the connections, and returns when all are members.
   *
   * @param choice the broadcaster
   * @param subscribers how many, at least 1; each takes a file descriptor here and one in the sink
   * @param deflates whether they get deflated frames
   * @throws IOException when the connections cannot be made within 30 seconds
   */
  public static LoopbackRoom open(
      BroadcasterChoice choice, ServerTransport transport, int subscribers, boolean deflates)
      throws IOException, InterruptedException {
    if (deflates && !choice.deflates()) {
      throw new IllegalArgumentException(
          "deflate=true is not allowed; " + choice + " has no deflated frames");
    }
    LoopbackRoom room = new LoopbackRoom(choice, transport, subscribers, deflates);
    try {
      room.fill(subscribers);
      return room;
    } catch (IOException | InterruptedException | RuntimeException failure) {
      try {
        room.end();
      } catch (IOException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  private void fill(int subscribers) throws IOException, InterruptedException {
    Channel acceptor = listen();
    try {
      int port = ((InetSocketAddress) acceptor.localAddress()).getPort();
      sink = SinkProcess.start(port, subscribers);
      if (!joined.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(
            "%d of %d connections were not made within %d s, the sink is %s"
                .formatted(
                    joined.getCount(),
                    subscribers,
                    PATIENCE_SECONDS,
                    sink.isAlive() ? "running" : "gone"));
      }
    } finally {
      acceptor.close().awaitUninterruptibly();
    }
  }

  private Channel listen() {
    return new ServerBootstrap()
        .group(loops.group())
        .channel(loops.serverChannel())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.ALLOCATOR, allocator)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                join(channel);
              }
            })
        .bind(InetAddress.getLoopbackAddress(), 0)
        .syncUninterruptibly()
        .channel();
  }

  private void join(Channel channel) {
    channel.pipeline().addLast(Subscriber.ENCODER, new WebSocket13FrameEncoder(false));
    channel.pipeline().addLast(new CloseOnError());
    broadcaster.join(new Subscriber(channel, deflates));
    connections.add(channel);
    members.add(channel);
    joined.countDown();
  }

  /** Members now. */
  public int size() {
    return broadcaster.size();
  }

  /**
   * Makes publications, some at a time, the next ones as soon as every member's outbound buffer is
   * empty again, and returns when that is so after the last.
   *
   * @param text what to publish
   * @param times how many publications
   * @param inFlight how many at a time, as an event loop reads them from its sockets in one turn
   * @throws IllegalStateException when a connection ends, or 30 seconds are not enough
   */
  public LoopCost publish(String text, int times, int inFlight) throws InterruptedException {
    if (inFlight < 1) {
      throw new IllegalArgumentException("inFlight is " + inFlight + "; allowed: 1 or more");
    }
    PublicationBatch batch =
        new PublicationBatch(loop, broadcaster, counters, members, text, times, inFlight);
    loop.execute(batch);
    try {
      LoopCost cost = batch.result().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      publishedBytes += times * (long) members.size() * frameBytes(text);
      return cost;
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the publications were not made", failed.getCause());
    } catch (TimeoutException stuck) {
      throw new IllegalStateException(
          "the sink did not read %d publications within %d s".formatted(times, PATIENCE_SECONDS),
          stuck);
    }
  }

  /** Ends the sink without a word, as a crash would; for tests. */
  void killSink() {
    sink.kill();
  }

  private long frameBytes(String text) {
    ByteBuf plain = TextFrameWriter.encode(allocator, text);
    ByteBuf deflated = deflates ? FrameDeflater.of(plain) : null;
    try {
      return (deflated == null ? plain : deflated).readableBytes();
    } finally {
      plain.release();
      ReferenceCountUtil.release(deflated);
    }
  }

  /**
   * Closes the connections, ends the sink and the threads, and audits: every byte published must
   * have been read, no copy withheld, every buffer released.
   *
   * @throws IOException when the sink cannot be ended
   * @throws IllegalStateException when the audit fails, so that what was measured means nothing
   */
  @Override
  public void close() throws IOException {
    long readBytes = end();
    long pinnedBytes = allocator.pinnedDirectMemory();
    if (readBytes != publishedBytes || counters.withheld() > 0 || pinnedBytes > 0) {
      throw new IllegalStateException(
          "%d bytes published and %d read, %d copies withheld, %d bytes of buffers not released"
              .formatted(publishedBytes, readBytes, counters.withheld(), pinnedBytes));
    }
  }

  private long end() throws IOException {
    try {
      connections.close().awaitUninterruptibly();
      return sink == null ? 0 : sink.finish();
    } finally {
      loops.close();
    }
  }

  /** Ends a broken connection, which its next publication reports. */
  private static final class CloseOnError extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ChannelFuture unused = ctx.close();
    }
  }
}
