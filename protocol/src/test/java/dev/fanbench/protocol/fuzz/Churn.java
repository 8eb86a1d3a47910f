package dev.fanbench.protocol.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.idle.TargetProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Clients that come, talk and die for some minutes, {@code -Dfanbench.churn.minutes=10} unless said
 * otherwise. After each tenth of the time all are gone and the target's levels are taken: those of
 * the second half must not be above those of the first.
 */
public final class Churn {
  private static final double MINUTES =
      Double.parseDouble(System.getProperty("fanbench.churn.minutes", "10"));

  private static final int PARTS = 10;
  private static final int WORKERS = 8;

  /** Messages of all clients at work at a time: of each a few words, and requests not read. */
  private static final int MOST_AT_ONCE = WORKERS * (ChurnLife.UNREAD_REQUESTS + 4);

  /**
   * Allowed between the halves: 8 MiB of heap, two chunks of an allocator of 4 MiB, threads and
   * pooled sockets that a target starts when it needs more at a time than before, and environments
   * for all messages at once.
   */
  private static final ChurnLevel TOLERANCE =
      new ChurnLevel(8L << 20, 2L << 20, 8, 16, MOST_AT_ONCE, 0);

  private final TargetProcess target;
  private final int perSecond;
  private final Callable<Long> stored;
  private final AtomicLong lives = new AtomicLong();

  /**
   * Churn at a target.
   *
   * @param perSecond clients that come each second
   * @param stored counts what a client may leave in the store
   */
  public Churn(TargetProcess target, int perSecond, Callable<Long> stored) {
    this.target = target;
    this.perSecond = perSecond;
    this.stored = stored;
  }

  /** The rooms that the clients join. */
  public static List<String> rooms() {
    return IntStream.range(0, ChurnLife.ROOMS).mapToObj(ChurnLife::room).toList();
  }

  /** Runs for the whole time. */
  public void run() throws Exception {
    Duration part = Duration.ofMillis(Math.round(MINUTES * 60_000 / PARTS));
    List<ChurnLevel> levels = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
    try (ChatClient witness = ChatClient.connect(target.ready().url(), "churn-1")) {
      for (int i = 0; i < PARTS; i++) {
        churn(threads, System.nanoTime() + part.toNanos(), i);
        target.awaitOpen(1);
        FuzzPatience.awaitAtMost(
            "integrations.inProgress",
            () -> ChurnLevel.figure(target, "integrations.inProgress"),
            0);
        levels.add(ChurnLevel.of(target, stored));
        System.out.printf("after %,d lives: %s%n", lives.get(), levels.get(i));
        assertHears(witness, "part-" + i);
      }
    } finally {
      threads.shutdownNow();
    }
    target.awaitOpen(0);
    ChurnLevel first = levels.stream().limit(PARTS / 2).reduce(ChurnLevel::least).orElseThrow();
    ChurnLevel second = levels.stream().skip(PARTS / 2).reduce(ChurnLevel::least).orElseThrow();
    assertTrue(second.isWithin(first, TOLERANCE), first + " has grown to " + second);
  }

  /** A client that stayed has its answer, behind all that was said meanwhile. */
  private static void assertHears(ChatClient witness, String id) {
    witness.send(AbusiveFrames.request(id, ""));
    witness.skipTo("{\"id\":\"%s\",\"body\":\"\"}".formatted(id));
  }

  private void churn(ExecutorService threads, long endNanos, int part) {
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      Random random = new Random(31L * part + i);
      workers.add(CompletableFuture.runAsync(() -> work(random, endNanos), threads));
    }
    workers.forEach(CompletableFuture::join);
  }

  private void work(Random random, long endNanos) {
    long gapNanos = 1_000_000_000L * WORKERS / perSecond;
    ChurnLife life = new ChurnLife(target.ready().url(), random);
    for (long due = System.nanoTime(); due < endNanos; due += gapNanos) {
      LockSupport.parkNanos(due - System.nanoTime());
      try {
        life.live();
        lives.incrementAndGet();
      } catch (IOException failed) {
        throw new UncheckedIOException("life " + lives.get(), failed);
      }
    }
  }
}
