package dev.fanbench.protocol.idle;

import dev.fanbench.protocol.contract.RawSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Connections that are opened and say nothing. */
public final class IdleConnections implements AutoCloseable {
  /** So many connections fit between one source address and one port. */
  private static final int PER_SOURCE = 9_000;

  private static final double NANOS_PER_SECOND = 1e9;

  private final ConcurrentLinkedQueue<SocketChannel> open = new ConcurrentLinkedQueue<>();
  private final AtomicInteger next = new AtomicInteger();
  private final InetSocketAddress server;
  private final byte[] request;
  private double seconds;

  private IdleConnections(URI url) {
    server = new InetSocketAddress(url.getHost(), url.getPort());
    request = RawSocket.upgrade(url).getBytes(StandardCharsets.US_ASCII);
  }

  /** Opens them one after the other, as fast as the target lets in. */
  public static IdleConnections open(URI url, int count) {
    return new IdleConnections(url).connect(count, Double.POSITIVE_INFINITY, 1);
  }

  /**
   * Opens them on a schedule.
   *
   * @param perSecond connects due each second, whatever became of those before
   * @param waiting most that wait for their handshake at a time
   */
  public static IdleConnections open(URI url, int count, double perSecond, int waiting) {
    return new IdleConnections(url).connect(count, perSecond, waiting);
  }

  private IdleConnections connect(int count, double perSecond, int waiting) {
    long start = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(waiting);
    try {
      Runnable work = () -> connectUntil(count, start, NANOS_PER_SECOND / perSecond);
      List<CompletableFuture<Void>> workers =
          Stream.generate(() -> CompletableFuture.runAsync(work, threads)).limit(waiting).toList();
      workers.forEach(CompletableFuture::join);
    } catch (RuntimeException failed) {
      close();
      throw failed;
    } finally {
      threads.shutdownNow();
    }
    seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    return this;
  }

  private void connectUntil(int count, long start, double gapNanos) {
    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
      long due = start + (long) (i * gapNanos);
      for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
        LockSupport.parkNanos(early);
      }
      try {
        connect(i);
      } catch (IOException refused) {
        throw new UncheckedIOException("connection " + (i + 1), refused);
      }
    }
  }

  private void connect(int i) throws IOException {
    SocketChannel channel = SocketChannel.open();
    open.add(channel);
    channel.bind(new InetSocketAddress("127.0.0." + (2 + i / PER_SOURCE), 0));
    channel.connect(server);
    channel.write(ByteBuffer.wrap(request));
    ByteBuffer answer = ByteBuffer.allocate(1024);
    String head = "";
    while (!head.endsWith("\r\n\r\n")) {
      if (channel.read(answer) <= 0) {
        throw new IOException("the handshake was answered by '" + head + "'");
      }
      head = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
    }
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("the handshake was answered by '" + head + "'");
    }
  }

  /** Handshakes a second, from the first to the last. */
  public double perSecond() {
    return open.size() / seconds;
  }

  @Override
  public void close() {
    for (SocketChannel channel : open) {
      try {
        channel.close();
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }
  }
}
