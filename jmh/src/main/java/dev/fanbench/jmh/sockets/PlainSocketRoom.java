package dev.fanbench.jmh.sockets;

import com.sun.management.ThreadMXBean;
import dev.fanbench.baseline.broadcast.TextFrameWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * The connections of a {@link LoopbackRoom} on plain JDK sockets, with no server behind them: a
 * frame is one write to each, from the thread that asks. Not thread-safe.
 */
public final class PlainSocketRoom implements AutoCloseable {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final SocketChannel[] members;
  private final SinkProcess sink;
  private long publishedBytes;

  private PlainSocketRoom(SocketChannel[] members, SinkProcess sink) {
    this.members = members;
    this.sink = sink;
  }

  /**
   * Opens the connections, and returns when all are accepted.
   *
   * @param subscribers how many, at least 1
   */
  public static PlainSocketRoom open(int subscribers) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), subscribers);
      SinkProcess sink = SinkProcess.start(server.socket().getLocalPort(), subscribers);
      SocketChannel[] members = new SocketChannel[subscribers];
      for (int i = 0; i < subscribers; i++) {
        members[i] = server.accept();
        members[i].configureBlocking(false);
        members[i].setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      return new PlainSocketRoom(members, sink);
    }
  }

  /**
   * Writes a text's frame to every member, so many times, and returns when the kernel has it all.
   *
   * @throws IOException when a connection ends
   */
  public LoopCost publish(String text, int times) throws IOException {
    ByteBuffer frame = frame(text);
    long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    long cpuBefore = THREADS.getCurrentThreadCpuTime();
    long writes = 0;
    for (int i = 0; i < times; i++) {
      for (SocketChannel member : members) {
        frame.rewind();
        while (frame.hasRemaining()) {
          member.write(frame);
          writes++;
        }
      }
    }
    publishedBytes += times * (long) members.length * frame.limit();
    return new LoopCost(
        THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore,
        THREADS.getCurrentThreadCpuTime() - cpuBefore,
        writes);
  }

  private static ByteBuffer frame(String text) {
    ByteBuf encoded = TextFrameWriter.encode(UnpooledByteBufAllocator.DEFAULT, text);
    try {
      ByteBuffer frame = ByteBuffer.allocateDirect(encoded.readableBytes());
      encoded.readBytes(frame);
      return frame;
    } finally {
      encoded.release();
    }
  }

  /**
   * Closes the connections and audits: every byte published must have been read.
   *
   * @throws IllegalStateException when one was not, so that what was measured means nothing
   */
  @Override
  public void close() throws IOException {
    for (SocketChannel member : members) {
      member.close();
    }
    long readBytes = sink.finish();
    if (readBytes != publishedBytes) {
      throw new IllegalStateException(
          "%d bytes published and %d read".formatted(publishedBytes, readBytes));
    }
  }
}
