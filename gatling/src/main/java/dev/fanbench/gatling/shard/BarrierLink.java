package dev.fanbench.gatling.shard;

import dev.fanbench.measurement.clock.NanoClock;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A shard's connection to the meeting place. One thread at a time uses it. */
final class BarrierLink implements Closeable {
  /** Round trips of which the shortest is kept. */
  static final int PINGS = 64;

  private static final int PART_BYTES = 48 * 1_024;
  private static final int CONNECT_MILLIS = 2_000;
  private static final long PONG_SECONDS = 2;

  private final MessageChannel channel;
  private final NanoClock clock;
  private final Consumer<String> ended;
  private final CompletableFuture<String> welcome = new CompletableFuture<>();
  private final CompletableFuture<Message.Done> done = new CompletableFuture<>();
  private final BlockingQueue<TimedPong> pongs = new LinkedBlockingQueue<>();
  private final AtomicLong progress = new AtomicLong();

  /** Pings so far. A late answer to one is none to a later one. */
  private int pings;

  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "shard-alive"));
  private volatile CompletableFuture<Message.Go> go = new CompletableFuture<>();
  private volatile boolean over;

  private record TimedPong(Message.Pong pong, long atNanos) {}

  /**
   * The clock of shard 0.
   *
   * @param offsetNanos that clock less this one
   * @param boundNanos half of the shortest round trip
   */
  record Offset(long offsetNanos, long boundNanos) {}

  private BarrierLink(MessageChannel channel, NanoClock clock, Consumer<String> ended) {
    this.channel = channel;
    this.clock = clock;
    this.ended = ended;
  }

  /**
   * Connects and says hello.
   *
   * @param ended told once when the run of all is over before its time, with a sentence's clause
   * @throws IOException when nothing listens there
   */
  static BarrierLink connect(
      InetSocketAddress address, Message.Hello hello, NanoClock clock, Consumer<String> ended)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, CONNECT_MILLIS);
      MessageChannel channel = new MessageChannel(socket, BarrierHost.SILENT_MILLIS);
      channel.trust();
      channel.send(hello);
      BarrierLink link = new BarrierLink(channel, clock, ended);
      daemon(link::listen, "shard-link").start();
      var unused = link.ticker.scheduleAtFixedRate(link::alive, 1, 1, TimeUnit.SECONDS);
      return link;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void listen() {
    try {
      for (Message message = channel.receive(); message != null; message = channel.receive()) {
        if (message instanceof Message.Pong pong) {
          pongs.add(new TimedPong(pong, clock.nanoTime()));
        } else if (message instanceof Message.Welcome welcomed) {
          welcome.complete(welcomed.tag());
        } else if (message instanceof Message.Go all) {
          go.complete(all);
        } else if (message instanceof Message.Refused refused) {
          ended.accept("shard 0 refused it: " + refused.reason());
        } else if (message instanceof Message.End end) {
          if (!over) {
            ended.accept(end.reason());
          }
        } else if (message instanceof Message.Done finished) {
          if (!welcome.isDone()) {
            ended.accept("the run of all ended before all shards had come");
          }
          over = true;
          done.complete(finished);
        }
      }
      lost("its connection was closed");
    } catch (IOException e) {
      lost("its connection was lost (" + e.getMessage() + ")");
    }
  }

  private void lost(String why) {
    if (!over) {
      ended.accept("shard 0, where all shards meet, is gone: " + why);
    }
    done.complete(new Message.Done(-1, ""));
  }

  private void alive() {
    say(new Message.Alive(progress.get()));
  }

  /** A message that is lost is told by the thread that listens. */
  private void say(Message message) {
    try {
      channel.send(message);
    } catch (IOException e) {
      // The other thread sees the same.
    }
  }

  /** Completes with the tag of the run when all shards have come. */
  CompletableFuture<String> welcome() {
    return welcome;
  }

  /** Preparations go on, so that this shard is not late. */
  void progressed() {
    progress.incrementAndGet();
  }

  /** Compares the clocks. The run of all ends when no answer comes. */
  Offset offset() throws InterruptedException {
    return offset(PONG_SECONDS);
  }

  /**
   * The same with another limit.
   *
   * @param pongSeconds the longest wait for an answer, after which no other ping is sent
   */
  Offset offset(long pongSeconds) throws InterruptedException {
    Offset best = new Offset(0, Long.MAX_VALUE);
    pongs.clear();
    for (int ping = 0; ping < PINGS; ping++) {
      int n = pings++;
      long sentAtNanos = clock.nanoTime();
      say(new Message.Ping(n));
      TimedPong answer = answer(n, sentAtNanos + TimeUnit.SECONDS.toNanos(pongSeconds));
      if (answer == null) {
        break;
      }
      long bound = (answer.atNanos() - sentAtNanos + 1) / 2;
      if (bound < best.boundNanos()) {
        best = new Offset(answer.pong().nanos() - sentAtNanos - bound, bound);
      }
    }
    if (best.boundNanos() == Long.MAX_VALUE && !over) {
      ended.accept(
          "shard 0 did not tell its time within %d s, so its clock is not known"
              .formatted(pongSeconds));
    }
    return best;
  }

  /** The answer to a ping; null when none comes in time. Those to earlier pings are dropped. */
  private TimedPong answer(int ping, long byNanos) throws InterruptedException {
    TimedPong answer;
    do {
      answer = pongs.poll(byNanos - clock.nanoTime(), TimeUnit.NANOSECONDS);
    } while (answer != null && answer.pong().n() != ping);
    return answer;
  }

  /** Says that this shard is at a barrier; completes when all are. */
  CompletableFuture<Message.Go> here(String barrier, long value) {
    CompletableFuture<Message.Go> all = new CompletableFuture<>();
    go = all;
    say(new Message.Here(barrier, value));
    return all;
  }

  /** Ends the run of all. */
  void end(String reason) {
    say(new Message.End(reason));
  }

  /** Sends runs; completes with the end of the run of all, with -1 when shard 0 is gone. */
  CompletableFuture<Message.Done> send(List<Path> runs) throws IOException {
    try (OutputStream parts = new BufferedOutputStream(new PartStream(), PART_BYTES)) {
      RunParcel.pack(runs, parts);
    }
    channel.send(new Message.Sent());
    return done;
  }

  private final class PartStream extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      for (int at = from; at < from + length; at += PART_BYTES) {
        byte[] part = Arrays.copyOfRange(bytes, at, Math.min(at + PART_BYTES, from + length));
        channel.send(new Message.Part(Base64.getEncoder().encodeToString(part)));
      }
    }
  }

  @Override
  public void close() throws IOException {
    over = true;
    ticker.shutdownNow();
    channel.close();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
