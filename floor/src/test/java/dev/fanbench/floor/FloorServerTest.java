package dev.fanbench.floor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.stamp.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FloorServerTest {

  private FloorServer floor;
  private final List<TestClient> clients = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    floor = FloorServer.start();
  }

  @AfterEach
  void stop() throws IOException {
    for (TestClient client : clients) {
      client.close();
    }
    floor.close();
  }

  @Test
  void textReachesEveryOtherMemberOfTheRoom() throws IOException {
    TestClient sender = in("r");
    TestClient one = in("r");
    TestClient two = in("r");
    TestClient elsewhere = in("other");
    sender.send("grüß dich");
    assertEquals("#r anonymous: grüß dich", one.receive());
    assertEquals("#r anonymous: grüß dich", two.receive());
    elsewhere.send("{\"x\":1}");
    two.send("back");
    assertEquals("#r anonymous: back", sender.receive()); // and nothing before it
    assertEquals("#r anonymous: back", one.receive());
  }

  @Test
  void theFirstRoomIsGeneral() throws IOException {
    TestClient sender = connect();
    TestClient receiver = connect();
    receiver.send("/channel # "); // answered, so both are in
    assertEquals("Valid commands: /help, /name [NAME], /channel [CHAN_NAME]", receiver.receive());
    sender.send("  \t ");
    sender.send("");
    sender.send(" hello");
    assertEquals("#general anonymous:  hello", receiver.receive());
  }

  @Test
  void roomsAreNamedWithAndWithoutTheirSign() throws IOException {
    TestClient client = connect();
    client.send("/channel #random");
    assertEquals("Changed to #random", client.receive());
    client.send("/channel   two words ");
    assertEquals("Changed to #two words", client.receive());
  }

  @Test
  void aNameWithManyBlanksDelaysTheOthersLittle() throws IOException {
    TestClient client = connect();
    client.send("/channel a" + " ".repeat(130_000) + "b");
    String answer = assertTimeout(Duration.ofSeconds(2), () -> client.receive());
    assertEquals("Valid commands: /help, /name [NAME], /channel [CHAN_NAME]", answer);
  }

  @Test
  void rpcIsAnsweredToTheAsker() throws IOException {
    TestClient client = connect();
    client.send("{\"action\":\"rpc\",\"id\":\"1\",\"body\":\"fb1:x\"}");
    assertEquals("{\"id\":\"1\",\"body\":\"fb1:x\"}", client.receive());
    client.send("{ \"id\": \"2\", \"body\": [1, {}], \"action\": \"rpc\" }");
    assertEquals("{\"id\":\"2\",\"body\":[1,{}]}", client.receive());
  }

  @Test
  void framesMayComeInPiecesAndTogether() throws IOException {
    TestClient client = connect();
    byte[] frame =
        TestClient.frame(
            0x81,
            "{\"action\":\"rpc\",\"id\":\"1\",\"body\":1}".getBytes(StandardCharsets.US_ASCII));
    for (byte each : frame) {
      client.write(new byte[] {each});
    }
    assertEquals("{\"id\":\"1\",\"body\":1}", client.receive());
    byte[] three = new byte[frame.length * 3];
    for (int i = 0; i < 3; i++) {
      System.arraycopy(frame, 0, three, i * frame.length, frame.length);
    }
    client.write(three);
    for (int i = 0; i < 3; i++) {
      assertEquals("{\"id\":\"1\",\"body\":1}", client.receive());
    }
  }

  @Test
  void lengthsOfEachFormAreRight() throws IOException {
    TestClient sender = in("r");
    TestClient receiver = in("r");
    for (int length : new int[] {1, 125, 126, 65_535, 65_536, FloorChat.MOST_MESSAGE_BYTES}) {
      String text = "x".repeat(length);
      sender.send(text);
      assertEquals("#r anonymous: " + text, receiver.receive());
    }
  }

  @Test
  void pingsAndClosesAreAnswered() throws IOException {
    TestClient client = connect();
    client.write(TestClient.frame(0x89, new byte[] {1, 2, 3}));
    assertArrayEquals(new byte[] {1, 2, 3}, client.receive(0x8A));
    client.write(TestClient.frame(0x8A, new byte[0]));
    client.write(TestClient.frame(0x88, new byte[] {3, (byte) 0xE8}));
    assertEquals(1000, client.receiveClose());
    assertTrue(client.atEnd());
    await(() -> floor.counters().get("connections.open") == 0);
  }

  @Test
  void whatItDoesNotSpeakIsRefused() throws IOException {
    assertRefused(1003, TestClient.frame(0x82, new byte[] {1}));
    assertRefused(1003, TestClient.frame(0x01, new byte[] {'a'})); // the first of several frames
    assertRefused(1002, new byte[] {(byte) 0x81, 1, 'a'}); // not masked
    assertRefused(1009, TestClient.frame(0x81, new byte[FloorChat.MOST_MESSAGE_BYTES + 1]));
  }

  /** Its numbers are written out as {@code 100000.0}, twice as long as they came. */
  @Test
  void anAnswerOverTheLimitClosesItsConnectionOnly() throws IOException {
    TestClient sender = in("r");
    TestClient receiver = in("r");
    TestClient asker = connect();
    String numbers = "1e5" + ",1e5".repeat(FloorChat.MOST_MESSAGE_BYTES / 4 - 20);
    asker.send("{\"id\":\"1\",\"action\":\"rpc\",\"body\":[" + numbers + "]}");
    assertEquals(1009, asker.receiveClose());
    sender.send("hello");
    assertEquals("#r anonymous: hello", receiver.receive());
  }

  @Test
  void requestsThatAreNoUpgradeAreAnswered() throws IOException {
    TestClient elsewhere = raw();
    assertTrue(elsewhere.request("GET /prod HTTP/1.1").startsWith("HTTP/1.1 403 Forbidden"));
    TestClient post = raw();
    assertTrue(post.request("POST /dev HTTP/1.1").startsWith("HTTP/1.1 403 Forbidden"));
    TestClient plain = raw();
    plain.write("GET /dev HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertTrue(plain.head().startsWith("HTTP/1.1 426 Upgrade Required"));
    TestClient query = raw();
    assertTrue(query.request("GET /dev?token=x HTTP/1.1").startsWith("HTTP/1.1 101 "));
  }

  @Test
  void eachDeliveryIsOneWriteAndNoAllocation() throws IOException {
    TestClient alone = in("alone");
    in("alone");
    TestClient publisher = in("full");
    int members = 60;
    for (int i = 0; i < members; i++) {
      in("full");
    }
    publish(alone, 3_000, 1); // loads and compiles what publishing needs
    publish(publisher, 300, members);

    long few = allocatedBy(() -> publish(alone, 300, 1));
    long many = allocatedBy(() -> publish(publisher, 300, members));

    // Publications may cost what a wake-up of the selector costs; 17,700 more deliveries, nothing.
    assertTrue(few <= 300 * 64, () -> few + " bytes for 300 publications");
    assertTrue(many <= 300 * 64, () -> many + " bytes for 18,000 deliveries");
    assertEquals(floor.counters().get("deliveries.sent"), floor.counters().get("writes.calls"));
    assertEquals(0, floor.counters().get("writes.partial"));
  }

  /** By the kernel's count, of the thread that delivers: its writes, and what else it was asked. */
  @Test
  void eachDeliveryIsOneSystemCall() throws IOException {
    TestClient publisher = in("full");
    int members = 60;
    for (int i = 0; i < members; i++) {
      in("full");
    }
    publish(publisher, 10, members);
    SystemCalls before = SystemCalls.ofThread("loop-0");

    publish(publisher, 300, members);

    SystemCalls more = SystemCalls.ofThread("loop-0").since(before);
    assertEquals(300L * members, more.writes());
    // A publication is at most a read of its own.
    assertTrue(more.reads() <= 300, more::toString);
  }

  @Test
  void aSlowMemberKeepsItsOrderAndDelaysNobody() throws IOException {
    TestClient publisher = in("r");
    TestClient slow = in("r");
    TestClient quick = in("r");
    String filler = "y".repeat(60_000);
    int count = 150; // 9 MB: more than the kernel takes, less than the floor keeps
    for (int n = 0; n < count; n++) {
      publisher.send(n + filler);
      assertTrue(quick.receive().startsWith("#r anonymous: " + n + "y"));
    }
    assertTrue(floor.counters().get("writes.partial") > 0, () -> floor.counters().toString());
    for (int n = 0; n < count; n++) {
      assertEquals("#r anonymous: " + n + filler, slow.receive());
    }
    assertEquals(2L * count, floor.counters().get("deliveries.sent"));
    assertEquals(0, floor.counters().get("drops.slow"));
  }

  @Test
  void aMemberThatNeverReadsIsDropped() throws IOException {
    TestClient publisher = in("r");
    in("r");
    String filler = "y".repeat(120_000);
    for (int n = 0; n < 400; n++) {
      publisher.send(filler);
    }
    await(() -> floor.counters().get("drops.slow") == 1);
    assertEquals(1, floor.counters().get("connections.open"));
    publisher.send("{\"action\":\"rpc\",\"id\":1,\"body\":2}");
    assertEquals("{\"id\":1,\"body\":2}", publisher.receive());
  }

  @Test
  void aMemberThatLeavesIsForgotten() throws IOException {
    TestClient publisher = in("r");
    TestClient leaver = in("r");
    TestClient stayer = in("r");
    leaver.close();
    await(() -> floor.counters().get("connections.open") == 2);
    publisher.send("hello");
    assertEquals("#r anonymous: hello", stayer.receive());
    assertEquals(1, floor.counters().get("deliveries.sent"));
  }

  @Test
  void stoppingClosesWith1001() throws IOException {
    TestClient client = in("r");
    Thread stop = new Thread(floor::close);
    stop.start();
    assertEquals(1001, client.receiveClose());
    client.write(TestClient.frame(0x88, new byte[] {3, (byte) 0xE9}));
    assertTrue(client.atEnd());
    await(() -> !stop.isAlive());
  }

  private long allocatedBy(Publishing publishing) throws IOException {
    long before = floor.counters().get("loop.allocated");
    publishing.run();
    return floor.counters().get("loop.allocated") - before;
  }

  private void publish(TestClient publisher, int publications, int members) throws IOException {
    long goal = floor.counters().get("deliveries.sent") + (long) publications * members;
    byte[] text = new byte[64];
    Stamp.writePayload(text, 0, text.length, 1, 2, 3);
    byte[] frame = TestClient.frame(0x81, text);
    for (int n = 0; n < publications; n++) {
      publisher.write(frame);
    }
    await(() -> floor.counters().get("deliveries.sent") == goal);
  }

  private interface Publishing {
    void run() throws IOException;
  }

  private void assertRefused(int code, byte[] frame) throws IOException {
    TestClient client = connect();
    client.write(frame);
    assertEquals(code, client.receiveClose());
  }

  private TestClient raw() throws IOException {
    return kept(TestClient.raw(floor.url()));
  }

  private TestClient connect() throws IOException {
    return kept(TestClient.connect(floor.url()));
  }

  private TestClient in(String room) throws IOException {
    return kept(TestClient.in(floor.url(), room));
  }

  private TestClient kept(TestClient client) {
    clients.add(client);
    return client;
  }

  private static void await(BooleanSupplier condition) {
    long deadline = SystemNanoClock.INSTANCE.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertTrue(SystemNanoClock.INSTANCE.nanoTime() < deadline, "not within 10 s");
      LockSupport.parkNanos(1_000_000);
    }
  }
}
