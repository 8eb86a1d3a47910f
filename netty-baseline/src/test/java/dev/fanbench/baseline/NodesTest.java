package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.baseline.nodes.RedisAddress;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import dev.fanbench.target.TargetCounter;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publications between two nodes. */
class NodesTest {
  private static final int PUBLICATIONS = 20;

  private NodePair nodes;
  private RedisClient client;
  private StatefulRedisConnection<byte[], byte[]> connection;
  private RedisCommands<byte[], byte[]> redis;

  @BeforeEach
  void start() throws Exception {
    nodes = NodePair.start(ServerOptions.defaults().withLoops(1));
    client = RedisClient.create(RedisURI.create(nodes.redis().uri()));
    connection = client.connect(ByteArrayCodec.INSTANCE);
    redis = connection.sync();
  }

  @AfterEach
  void stop() {
    connection.close();
    client.shutdown();
    nodes.close();
  }

  @Test
  void publicationReachesEachMemberOnceWhereverItIs() {
    try (ChatClient publisher = connect(nodes.first(), "tea");
        ChatClient here = connect(nodes.first(), "tea");
        ChatClient there = connect(nodes.second(), "tea");
        ChatClient elsewhere = connect(nodes.second(), "coffee")) {
      publisher.send("hello");
      assertEquals("#tea anonymous: hello", here.next());
      assertEquals("#tea anonymous: hello", there.next());
      nodes.settle();
      publisher.expectNothing();
      here.expectNothing();
      there.expectNothing();
      elsewhere.expectNothing();
      assertEquals(1, nodes.second().counters().get("relay.delivered").longValue());
      assertEquals(0, nodes.first().counters().get("relay.delivered").longValue());
      assertEquals(2, nodes.first().counters().get("relay.passedOn").longValue());
    }
  }

  @Test
  void nodeListensToRoomsThatItHasMembersOf() {
    assertEquals(Set.of("fanbench:dev:all", "fanbench:dev:room:general"), channels());
    try (ChatClient first = connect(nodes.first(), "tea");
        ChatClient second = connect(nodes.second(), "tea")) {
      assertEquals(2, subscribers("fanbench:dev:room:tea"));
      second.join("a b*\u00e9");
      assertEquals(1, subscribers("fanbench:dev:room:a%20b%2A%C3%A9"));
      Awaited.figure("nodes of tea", () -> subscribers("fanbench:dev:room:tea"), 1);
      first.join("coffee");
      Awaited.figure("nodes of tea", () -> subscribers("fanbench:dev:room:tea"), 0);
      second.join("tea").join("coffee").join("tea").join("coffee");
      first.send("back");
      assertEquals("#coffee anonymous: back", second.next());
    }
    Awaited.figure("channels", () -> channels().size(), 2);
  }

  @Test
  void framesBehindAChangeOfRoomWaitForIt() throws Exception {
    try (RawSocket walker = RawSocket.connect(nodes.first().url());
        ChatClient tea = connect(nodes.second(), "tea");
        ChatClient milk = connect(nodes.second(), "milk")) {
      walker.bytes(
          frames("/channel tea", "one", "/channel milk", "two", "/help", "/channel tea", "three"));
      assertEquals("Changed to #tea", walker.next().text());
      assertEquals("Changed to #milk", walker.next().text());
      assertTrue(walker.next().text().startsWith("Valid commands"));
      assertEquals("Changed to #tea", walker.next().text());
      assertEquals("#tea anonymous: one", tea.next());
      assertEquals("#tea anonymous: three", tea.next());
      assertEquals("#milk anonymous: two", milk.next());
    }
  }

  @Test
  void publicationsOfOnePublisherKeepTheirOrder() {
    int many = 500;
    try (ChatClient publisher = connect(nodes.first(), "tea");
        ChatClient there = connect(nodes.second(), "tea")) {
      for (int i = 0; i < many; i++) {
        publisher.send("p" + i);
      }
      for (int i = 0; i < many; i++) {
        assertEquals("#tea anonymous: p" + i, there.next());
      }
      nodes.settle();
      there.expectNothing();
    }
  }

  @Test
  void publicationsThatWaitForALoopAreOneWritePerMember() throws Exception {
    try (RawSocket publisher = RawSocket.connect(nodes.first().url());
        ChatClient one = ChatClient.connect(nodes.second().url());
        ChatClient two = ChatClient.connect(nodes.second().url())) {
      one.expectNothing();
      two.expectNothing();
      CountDownLatch arrived = new CountDownLatch(1);
      nodes.second().loops().all().get(0).execute(() -> await(arrived));
      String[] texts = new String[PUBLICATIONS];
      for (int i = 0; i < PUBLICATIONS; i++) {
        texts[i] = "p" + i;
      }
      publisher.bytes(frames(texts));
      Awaited.counter(nodes.second(), "relay.delivered", PUBLICATIONS);
      arrived.countDown();
      for (String text : texts) {
        assertEquals("#general anonymous: " + text, one.next());
        assertEquals("#general anonymous: " + text, two.next());
      }
      Awaited.counter(nodes.second(), "deliveries.sent", 2 * PUBLICATIONS);
      assertEquals(2, nodes.second().counters().get("writes.calls").longValue());
    }
  }

  /** In a flood, the cost of Redis is that of the reads and not that of the publications. */
  @Test
  void publicationsThatANodeReadsTogetherAreOneMessage() throws Exception {
    try (RawSocket publisher = RawSocket.connect(nodes.first().url());
        ChatClient there = ChatClient.connect(nodes.second().url())) {
      String[] texts = new String[PUBLICATIONS];
      for (int i = 0; i < PUBLICATIONS; i++) {
        texts[i] = "p" + i;
      }
      // One small write, which comes as one segment.
      publisher.bytes(frames(texts));
      for (String text : texts) {
        assertEquals("#general anonymous: " + text, there.next());
      }
      nodes.settle();
      assertTrue(redis.info("commandstats").contains("cmdstat_publish:calls=1,"));
      assertEquals(PUBLICATIONS, nodes.first().counters().get("relay.published").longValue());
      assertEquals(2 * PUBLICATIONS, nodes.first().counters().get("relay.passedOn").longValue());
      assertEquals(PUBLICATIONS, nodes.second().counters().get("relay.delivered").longValue());
    }
  }

  @Test
  void messagesThatNoNodeHasWrittenAreRejected() {
    byte[] everyone = "fanbench:dev:all".getBytes(StandardCharsets.UTF_8);
    try (ChatClient client = ChatClient.connect(nodes.first().url())) {
      byte[] invalidText = message(1, (byte) 0xc3);
      byte[] otherVersion = message(1, (byte) 'x');
      otherVersion[0] = 1;
      redis.publish(everyone, new byte[0]);
      redis.publish(everyone, "hello".getBytes(StandardCharsets.UTF_8));
      redis.publish(everyone, new byte[20]);
      redis.publish(everyone, otherVersion);
      redis.publish(everyone, invalidText);
      redis.publish(everyone, new byte[2 * 1024 * 1024]);
      Awaited.counter(nodes.first(), "relay.rejected", 6);
      client.expectNothing();
    }
  }

  @Test
  void publicationThatHasBeenHereIsNotDeliveredAgain() {
    byte[] everyone = "fanbench:dev:all".getBytes(StandardCharsets.UTF_8);
    byte[] message = message(5, (byte) 'x');
    try (ChatClient client = ChatClient.connect(nodes.first().url())) {
      redis.publish(everyone, message);
      redis.publish(everyone, message);
      redis.publish(everyone, message(4, (byte) 'w'));
      Awaited.counter(nodes.first(), "relay.repeated", 2);
      assertEquals("x", client.next());
      client.expectNothing();
    }
  }

  @Test
  void stoppedNodePassesOnWhatItHasAccepted() {
    try (ChatClient publisher = connect(nodes.first(), "tea");
        ChatClient there = connect(nodes.second(), "tea")) {
      publisher.send("last words").expectNothing();
      nodes.first().close();
      assertEquals("#tea anonymous: last words", there.next());
      assertEquals(1001, publisher.closeCode());
      there.expectNothing();
    }
  }

  @Test
  void counterKindsAreDeclared() {
    for (String name : nodes.first().counters().keySet()) {
      assertTrue(TargetCounter.of(name).isPresent(), name);
    }
  }

  @Test
  void nodeWithoutRedisDoesNotStart() throws Exception {
    URI silent = URI.create("redis://127.0.0.1:1");
    ServerOptions options =
        ServerOptions.defaults().withRedis(Optional.of(new RedisAddress(silent)));
    IOException refused = assertThrows(IOException.class, () -> NettyServer.start(options));
    assertTrue(
        refused.getMessage().startsWith("no Redis answers at redis://127.0.0.1:1: "),
        refused.getMessage());
  }

  private static ChatClient connect(NettyServer node, String room) {
    return ChatClient.connect(node.url(), room);
  }

  private static byte[] frames(String... texts) {
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    for (String text : texts) {
      segment.writeBytes(
          RawSocket.encode(RawSocket.TEXT, true, text.getBytes(StandardCharsets.UTF_8)));
    }
    return segment.toByteArray();
  }

  /** A message of node 7 with one publication of one byte. */
  private static byte[] message(int sequence, byte text) {
    byte[] message = new byte[22];
    message[0] = 2;
    message[8] = 7;
    message[16] = (byte) sequence;
    message[20] = 1;
    message[21] = text;
    return message;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Set<String> channels() {
    Set<String> channels = new TreeSet<>();
    redis.pubsubChannels().forEach(name -> channels.add(new String(name, StandardCharsets.UTF_8)));
    return channels;
  }

  private long subscribers(String channel) {
    return redis.pubsubNumsub(channel.getBytes(StandardCharsets.UTF_8)).values().iterator().next();
  }
}
