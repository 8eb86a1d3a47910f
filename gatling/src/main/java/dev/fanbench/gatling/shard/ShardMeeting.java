package dev.fanbench.gatling.shard;

import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.run.ClockBound;
import dev.fanbench.measurement.workload.Shard;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The meeting of all shards of a run, as one of them sees it. Shard 0 listens, and is a guest of
 * its own like the others.
 */
public final class ShardMeeting implements Closeable {
  /** The environment variable of the secret that all shards of a run share. */
  public static final String TOKEN = "FANBENCH_BARRIER_TOKEN";

  private static final long AGAIN_MILLIS = 200;
  private static final long MOST_RUN_BYTES = 8L << 30;

  private final Shard shard;
  private final String host;
  private final int port;
  private final String token;
  private final NanoClock clock = SystemNanoClock.INSTANCE;
  private BarrierHost barrier;
  private volatile BarrierLink link;

  /**
   * @param host of shard 0, a name or an address
   * @param token may be empty on loopback
   */
  public ShardMeeting(Shard shard, String host, int port, String token) {
    this.shard = shard;
    this.host = host;
    this.port = port;
    this.token = token;
  }

  /** An instant at which all shards go on. */
  public record Start(long atNanos, ClockBound clock) {}

  /** The end of the run of all, as shard 0 has judged it. */
  public record Verdict(int exitCode, String sentence) {}

  /**
   * Meets the others.
   *
   * @param offer that must be the same in all shards
   * @param tag of the run, which shard 0 gives to all
   * @param waitNanos for shard 0 to listen, and for all to come
   * @param drainNanos for which a shard may wait for the last deliveries of a block
   * @param ended told when the run of all is over before its time
   * @return completes with the tag when all have come
   * @throws IOException with a sentence for the user
   */
  public CompletableFuture<String> meet(
      String offer, String tag, long waitNanos, long drainNanos, Consumer<String> ended)
      throws IOException, InterruptedException {
    long byNanos = clock.nanoTime() + waitNanos;
    InetSocketAddress address = resolved(byNanos);
    if (token.isEmpty() && !address.getAddress().isLoopbackAddress()) {
      throw new IOException(
          "peers=%s is not on loopback, so %s must be set to a secret that all shards share."
              .formatted(host, TOKEN));
    }
    if (shard.index() == 0) {
      try {
        barrier =
            BarrierHost.open(
                address,
                token,
                clock,
                new BarrierState(shard.count(), offer, tag, clock, waitNanos, drainNanos));
      } catch (IOException e) {
        throw new IOException(
            "Shard 0 cannot listen at %s:%d: %s.".formatted(host, port, e.getMessage()), e);
      }
    }
    Message.Hello hello = new Message.Hello(token, shard.index(), shard.count(), offer);
    while (link == null) {
      try {
        link = BarrierLink.connect(address, hello, clock, ended);
      } catch (IOException e) {
        if (clock.nanoTime() - byNanos > 0) {
          throw new IOException(
              "Shard 0 does not answer at %s:%d: %s.".formatted(host, port, e.getMessage()), e);
        }
        Thread.sleep(AGAIN_MILLIS);
      }
    }
    return link.welcome();
  }

  /** The name of a pod is known a moment after the pod has begun. */
  private InetSocketAddress resolved(long byNanos) throws IOException, InterruptedException {
    while (true) {
      try {
        return new InetSocketAddress(InetAddress.getByName(host), port);
      } catch (UnknownHostException e) {
        if (clock.nanoTime() - byNanos > 0) {
          throw new IOException("The host of peers=%s is not known.".formatted(host), e);
        }
        Thread.sleep(AGAIN_MILLIS);
      }
    }
  }

  /** Preparations go on, so that this shard is not late. */
  public void progressed() {
    link.progressed();
  }

  /** Waits for all to be ready for a block, and gives the instant at which it begins. */
  public CompletableFuture<Start> start(String phase, int block) throws InterruptedException {
    BarrierLink.Offset offset = link.offset();
    return link.here("the start of block %d of %s".formatted(block, phase), 0)
        .thenApply(
            go ->
                new Start(
                    go.atNanos() - offset.offsetNanos(),
                    new ClockBound(phase, block, offset.offsetNanos(), offset.boundNanos())));
  }

  /**
   * Waits for all to be at a place.
   *
   * @param value of this shard
   * @return completes with the sum of all values
   */
  public CompletableFuture<Long> sum(String place, long value) {
    return link.here(place, value).thenApply(Message.Go::sum);
  }

  /** Ends the run of all, unless another shard has. */
  public void end(String reason) {
    BarrierLink connected = link;
    if (connected != null) {
      connected.end(reason);
    }
  }

  /**
   * Sends this shard's runs to shard 0 and waits for the end of the run of all.
   *
   * @return empty when shard 0 is gone
   */
  public Optional<Verdict> send(List<Path> runs, long waitNanos)
      throws IOException, InterruptedException {
    if (link == null) {
      return Optional.empty();
    }
    Message.Done done =
        link.send(runs)
            .completeOnTimeout(new Message.Done(-1, ""), waitNanos, TimeUnit.NANOSECONDS)
            .join();
    return done.exitCode() < 0
        ? Optional.empty()
        : Optional.of(new Verdict(done.exitCode(), done.sentence()));
  }

  /**
   * Waits for the runs of the others, at shard 0.
   *
   * @param own runs of this shard, in order; those of others are put beside them
   * @return the runs of each shard that sent some, this one included
   */
  public Map<Integer, List<Path>> collect(List<Path> own, long waitNanos)
      throws IOException, InterruptedException {
    Map<Integer, List<Path>> all = new TreeMap<>();
    all.put(0, own);
    if (barrier != null) {
      for (Map.Entry<Integer, Path> parcel : barrier.parcels(shard.count(), waitNanos).entrySet()) {
        List<Path> directories = new ArrayList<>();
        for (Path run : own) {
          directories.add(run.resolveSibling(run.getFileName() + "-shard-" + parcel.getKey()));
        }
        all.put(parcel.getKey(), RunParcel.unpack(parcel.getValue(), directories, MOST_RUN_BYTES));
      }
    }
    return all;
  }

  /** Tells all shards the end of the run, at shard 0. */
  public void done(int exitCode, String sentence) {
    if (barrier != null) {
      barrier.done(exitCode, sentence);
    }
  }

  @Override
  public void close() throws IOException {
    if (link != null) {
      link.close();
    }
    if (barrier != null) {
      barrier.close();
    }
  }
}
