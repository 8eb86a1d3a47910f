package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import dev.fanbench.baseline.broadcast.LoopQueue;
import dev.fanbench.baseline.broadcast.SlowPolicy;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One of two subscribers stops reading, and the other must not notice. */
class SlowSubscriberTest {
  private static final int MAX_PENDING_BYTES = 64 * 1024;
  private static final int KEPT_BYTES = 200 * 1024;

  /** 10 MB, many times what the server and two socket buffers may hold. */
  private static final int MOST_PUBLICATIONS = 1_000;

  private static final String WORDS = "w".repeat(10_000);

  /** What a copy counts in a backlog: the frame's header and text, and its entry. */
  private static final int COPY_BYTES = 4 + said(0).length() + 96;

  private NettyServer server;
  private int publications;

  @AfterEach
  void nothingIsLeft() {
    server.close();
    assertEquals(0, server.pinnedDirectBytes());
    assertEquals(0, counter("slow.bufferedBytes"));
  }

  @ParameterizedTest
  @EnumSource
  void copiesAreWithheldFromItAloneAndCounted(BroadcastKind kind) throws Exception {
    start(kind, new SlowPolicy.Drop());
    try (ChatClient publisher = ChatClient.connect(server.url());
        ChatClient quick = ChatClient.connect(server.url());
        RawSocket slow = RawSocket.connect(server.url())) {
      publishUntilCounted("drops.slow", publisher, quick);
      assertWakesUp(publisher, slow, counter("drops.slow"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "CHANNEL_GROUP", mode = EnumSource.Mode.EXCLUDE)
  void theLatestCopyWaitsUntilItReadsAgain(BroadcastKind kind) throws Exception {
    start(kind, new SlowPolicy.Conflate());
    try (ChatClient publisher = ChatClient.connect(server.url());
        ChatClient quick = ChatClient.connect(server.url());
        RawSocket slow = RawSocket.connect(server.url())) {
      publishUntilCounted("slow.conflated", publisher, quick);
      assertEquals(publications - 1, wake(slow, publications - counter("slow.conflated")));
      Awaited.sum(server, List.of("deliveries.sent", "slow.conflated"), 2L * publications);
      assertEquals(0, counter("drops.slow"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "CHANNEL_GROUP", mode = EnumSource.Mode.EXCLUDE)
  void copiesWaitUpToABoundUntilItReadsAgain(BroadcastKind kind) throws Exception {
    start(kind, new SlowPolicy.Buffer(KEPT_BYTES));
    try (ChatClient publisher = ChatClient.connect(server.url());
        ChatClient quick = ChatClient.connect(server.url());
        RawSocket slow = RawSocket.connect(server.url())) {
      publishUntilCounted("drops.slow", publisher, quick);
      long kept = counter("slow.bufferedBytes");
      assertTrue(kept <= KEPT_BYTES, kept + " bytes are kept");
      assertWakesUp(publisher, slow, counter("drops.slow"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "CHANNEL_GROUP", mode = EnumSource.Mode.EXCLUDE)
  void itsConnectionEnds(BroadcastKind kind) throws Exception {
    start(kind, new SlowPolicy.Disconnect());
    try (ChatClient publisher = ChatClient.connect(server.url());
        ChatClient quick = ChatClient.connect(server.url());
        RawSocket slow = RawSocket.connect(server.url())) {
      slow.text("/help");
      while (counter("slow.disconnected") == 0) {
        publish(publisher, quick);
      }
      Awaited.counter(server, "connections.open", 2);
      publisher.send("who is left?");
      assertEquals("#general anonymous: who is left?", quick.next());
      assertEquals(1, counter("slow.disconnected"));
    }
  }

  @Test
  void plainGroupCanOnlyDrop() throws Exception {
    start(BroadcastKind.CHANNEL_GROUP, new SlowPolicy.Drop());
    SlowRules conflating = SlowRules.defaults().withPolicy(new SlowPolicy.Conflate());
    ServerOptions plain = ServerOptions.defaults().withBroadcast(BroadcastKind.CHANNEL_GROUP);
    assertThrows(IllegalArgumentException.class, () -> plain.withSlow(conflating));
  }

  private void start(BroadcastKind kind, SlowPolicy policy) throws IOException {
    server =
        NettyServer.start(
            ServerOptions.defaults()
                .withLoops(2)
                .withBroadcast(kind)
                .withSlow(
                    new SlowRules(
                        policy, MAX_PENDING_BYTES, 16 * 1024, 0, LoopQueue.DEFAULT_BYTES)));
  }

  /** Publishes until the counter says that there is a slow one, and every copy is counted. */
  private void publishUntilCounted(String counter, ChatClient publisher, ChatClient quick) {
    while (counter(counter) == 0) {
      publish(publisher, quick);
    }
    Awaited.figure(
        "copies",
        () ->
            counter("deliveries.sent")
                + counter("drops.slow")
                + counter("slow.conflated")
                + counter("slow.bufferedBytes") / COPY_BYTES,
        2L * publications);
  }

  private void publish(ChatClient publisher, ChatClient quick) {
    assertTrue(publications < MOST_PUBLICATIONS, "the slow one was never slow");
    publisher.send(number(publications) + WORDS);
    assertEquals(said(publications), quick.next());
    publications++;
    assertTrue(
        server.pinnedDirectBytes() < 8L * MAX_PENDING_BYTES + 2L * KEPT_BYTES,
        "what waits is bounded");
  }

  private static String number(int publication) {
    return "%04d ".formatted(publication);
  }

  private static String said(int publication) {
    return "#general anonymous: " + number(publication) + WORDS;
  }

  /** It reads what it was sent, and is a subscriber like any other again. */
  private void assertWakesUp(ChatClient publisher, RawSocket slow, long lost) throws IOException {
    wake(slow, publications - lost);
    publisher.send("back?");
    assertEquals("#general anonymous: back?", slow.next().text());
  }

  /** Reads publications, which must be in order, and returns the number of the last. */
  private static int wake(RawSocket slow, long copies) throws IOException {
    int last = -1;
    for (long i = 0; i < copies; i++) {
      String text = slow.next().text();
      int number = Integer.parseInt(text.split(" ", 4)[2]);
      assertEquals(said(number), text);
      assertTrue(number > last, number + " came after " + last);
      last = number;
    }
    return last;
  }

  private long counter(String name) {
    return server.counters().get(name).longValue();
  }
}
