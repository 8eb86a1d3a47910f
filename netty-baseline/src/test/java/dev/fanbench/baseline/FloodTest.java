package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.baseline.broadcast.LoopQueue;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client publishes faster than the event loop of other members delivers. */
class FloodTest {
  /** Members on both event loops, since connections go to them in turn. */
  private static final int MEMBERS = 4;

  private static final int WORD_BYTES = 1_000;
  private static final int PUBLICATIONS = 300;
  private static final int MOST = 64 * 1024;

  /** The rest of the last read of each publisher on the other event loop. */
  private static final int SPARE_BYTES = 2 * 64 * 1024;

  /** Turns of the running event loop, in each of which it reads all that it is not kept from. */
  private static final int TURNS = 200;

  private static final List<String> COPIES = List.of("deliveries.sent", "drops.slow");

  private NettyServer server;

  @AfterEach
  void nothingIsLeft() {
    server.close();
    assertEquals(0, server.pinnedDirectBytes(), "every buffer is released");
  }

  @Test
  void publisherIsNotReadFromWhileALoopIsBehindAndNothingIsLost() throws Exception {
    server =
        NettyServer.start(
            ServerOptions.defaults()
                .withLoops(2)
                .withSlow(SlowRules.defaults().withLoopQueueBytes(MOST)));
    CountDownLatch going = new CountDownLatch(1);
    EventLoop behind = server.loops().all().get(0);
    EventLoop running = server.loops().all().get(1);
    ExecutorService threads = Executors.newCachedThreadPool();
    List<RawSocket> members = new ArrayList<>();
    List<CompletableFuture<Void>> floods = new ArrayList<>();
    try {
      for (int i = 0; i < MEMBERS; i++) {
        members.add(RawSocket.connect(server.url()));
      }
      Awaited.counter(server, "connections.open", MEMBERS);
      behind.execute(() -> await(going));
      for (RawSocket member : members) {
        floods.add(CompletableFuture.runAsync(() -> flood(member), threads));
        CompletableFuture.runAsync(() -> read(member), threads);
      }
      LoopQueue queue = server.loops().queueOf(behind);
      Awaited.figure("queued", () -> Math.min(queue.bytes(), MOST), MOST);
      for (int turn = 0; turn < TURNS; turn++) {
        running.submit(() -> {}).sync();
      }
      long queued = queue.bytes();
      assertTrue(queued <= MOST + SPARE_BYTES, "queued: " + queued);
      going.countDown();
      ChatClient.await(CompletableFuture.allOf(floods.toArray(CompletableFuture[]::new)));
      Awaited.sum(server, COPIES, (long) MEMBERS * PUBLICATIONS * (MEMBERS - 1));
      assertEquals(0, queue.bytes());
    } finally {
      going.countDown();
      for (RawSocket member : members) {
        member.close();
      }
      threads.shutdown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static void flood(RawSocket member) {
    String words = "x".repeat(WORD_BYTES);
    try {
      for (int i = 0; i < PUBLICATIONS; i++) {
        member.text(words);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static void read(RawSocket member) {
    try {
      while (member.next() != null) {}
    } catch (IOException closed) {
      // By the test, which is over.
    }
  }
}
