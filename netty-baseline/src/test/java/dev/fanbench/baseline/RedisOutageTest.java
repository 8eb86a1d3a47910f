package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.contract.ChatClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes whose Redis dies, comes back, or stands still. */
class RedisOutageTest {
  private static final int LARGE = 100_000;
  private static final long MOST_PENDING_BYTES = 16 * 1024 * 1024;

  private NodePair nodes;

  @BeforeEach
  void start() throws Exception {
    // A Redis that goes on sends all at once; no member may be slow then, which would lose copies.
    SlowRules patient = SlowRules.defaults().withMaxPendingBytes(64 * 1024 * 1024);
    nodes = NodePair.start(ServerOptions.defaults().withLoops(1).withSlow(patient));
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void membersHereAreServedWithoutRedisAndAllWhenItIsBack() throws Exception {
    try (ChatClient publisher = ChatClient.connect(nodes.first().url(), "tea");
        ChatClient here = ChatClient.connect(nodes.first().url(), "tea");
        ChatClient there = ChatClient.connect(nodes.second().url(), "tea")) {
      publisher.send("before");
      assertEquals("#tea anonymous: before", here.next());
      assertEquals("#tea anonymous: before", there.next());
      nodes.settle();

      nodes.killRedis();
      awaitBoth("relay.connected", 0);
      publisher.send("without");
      assertEquals("#tea anonymous: without", here.next());
      Awaited.counter(nodes.first(), "relay.dropped", 1);
      here.join("milk");
      publisher.join("milk");
      there.join("milk");

      nodes.restartRedis();
      awaitBoth("relay.connects", 2);
      publisher.send("after");
      assertEquals("#milk anonymous: after", here.next());
      assertEquals("#milk anonymous: after", there.next());
      nodes.settle();
      here.expectNothing();
      there.expectNothing();
      assertEquals(1, nodes.first().counters().get("relay.dropped").longValue());
    }
  }

  @Test
  void membersHereAreServedWhileRedisStandsStill() throws Exception {
    String large = "x".repeat(LARGE);
    int publications = 150;
    try (ChatClient publisher = ChatClient.connect(nodes.first().url(), "tea");
        ChatClient here = ChatClient.connect(nodes.first().url(), "tea");
        ChatClient there = ChatClient.connect(nodes.second().url(), "tea")) {
      signal("STOP");
      try {
        for (int i = 0; i < publications; i++) {
          publisher.send(i + large);
          assertEquals("#tea anonymous: " + i + large, here.next());
        }
        assertTrue(read(nodes.first(), "relay.dropped") > 0);
        assertTrue(read(nodes.first(), "relay.pendingBytes") <= MOST_PENDING_BYTES);
        here.join("elsewhere").join("tea");
      } finally {
        signal("CONT");
      }
      Awaited.counter(nodes.first(), "relay.pendingBytes", 0);
      long passed = publications - read(nodes.first(), "relay.dropped");
      for (int i = 0; i < passed; i++) {
        assertEquals("#tea anonymous: " + i + large, there.next());
      }
      publisher.send("after");
      assertEquals("#tea anonymous: after", there.next());
      assertEquals("#tea anonymous: after", here.next());
      nodes.settle();
      there.expectNothing();
    }
  }

  private void awaitBoth(String counter, long expected) {
    Awaited.counter(nodes.first(), counter, expected);
    Awaited.counter(nodes.second(), counter, expected);
  }

  private static long read(NettyServer node, String counter) {
    return node.counters().get(counter);
  }

  private void signal(String name) throws IOException, InterruptedException {
    long pid = nodes.redis().pid();
    assertEquals(0, new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor());
  }
}
