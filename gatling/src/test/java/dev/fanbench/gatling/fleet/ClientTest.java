package dev.fanbench.gatling.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.stamp.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One client, byte by byte. */
@Timeout(30)
class ClientTest {
  private static final String STAMP = "fb1:00000001:00000002:0000000000000003:";

  private final BlockingQueue<LostConnection> losses = new ArrayBlockingQueue<>(10);
  private final Tally tally = new Tally();
  private RawTarget target;
  private Fleet fleet;

  @BeforeEach
  void start() throws IOException {
    target = new RawTarget();
    fleet =
        Fleet.open(
            FleetOptions.of(target.url(), SystemNanoClock.INSTANCE)
                .withTimeouts(Duration.ofSeconds(10), Duration.ofMillis(300)));
    fleet.record(loop -> tally).join();
    fleet.onLostConnection(losses::add);
  }

  @AfterEach
  void stop() throws IOException {
    target.close();
    fleet.close();
  }

  @Test
  void framesThatComeWithTheHandshakeAreNotLost() throws Exception {
    Connecting connecting = Connecting.to(fleet, new StampMeaning.Subscriber(0));
    target.accept(0x81, 2, 'h', 'i', 0x81);
    assertInstanceOf(Client.class, connecting.outcome());
    target.send(1, '!', 0x89, 0);
    assertEquals("8a ", target.readFrame());
    assertEquals(2, tally.others());
  }

  @Test
  void aDeflatedDeliveryIsOneWhereThatWasAgreed() throws Exception {
    FleetOptions options =
        FleetOptions.of(target.url(), SystemNanoClock.INSTANCE).withLoops(1).withDeflate(true);
    try (Fleet deflating = Fleet.open(options)) {
      deflating.record(loop -> tally).join();
      Connecting connecting = Connecting.to(deflating, new StampMeaning.Subscriber(7));
      target.acceptWith("Sec-WebSocket-Extensions: " + DeliveryInflater.OFFER + "\r\n");
      assertInstanceOf(Client.class, connecting.outcome());
      assertTrue(target.request().contains("Sec-WebSocket-Extensions: " + DeliveryInflater.OFFER));
      byte[] text = new byte[200];
      Stamp.writePayload(text, 0, text.length, 1, 2, 3);
      Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
      deflater.setInput(text);
      byte[] room = new byte[256];
      int length = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH) - 4;
      deflater.end();
      int[] frame = new int[2 + length];
      frame[0] = 0xc1;
      frame[1] = length;
      for (int i = 0; i < length; i++) {
        frame[2 + i] = room[i];
      }
      target.send(frame);
      tally.await(1);
      assertEquals(7, tally.lastSubscriber());
    }
  }

  @Test
  void aPingIsAnsweredWithItsBytes() throws Exception {
    connect(new StampMeaning.Subscriber(0));
    target.send(0x89, 3, 'a', 'b', 'c');
    assertEquals("8a abc", target.readFrame());
  }

  @Test
  void rolesDecideWhatAStampMeans() throws Exception {
    Client client = connect(new StampMeaning.Subscriber(7));
    target.sendText("#r a: " + STAMP);
    fence();
    assertEquals(1, tally.delivered());
    assertEquals(7, tally.lastSubscriber());
    change(client, new StampMeaning.RoundTrip(9));
    target.sendText("{\"id\":\"1\",\"body\":\"" + STAMP + "....\"}");
    fence();
    assertEquals(2, tally.delivered());
    assertEquals(9, tally.lastSubscriber());
    change(client, new StampMeaning.Publisher());
    target.sendText(STAMP);
    target.sendText("no stamp");
    fence();
    assertEquals(2, tally.delivered());
    assertEquals(1, tally.otherCopies());
    assertEquals(1, tally.others());
  }

  @Test
  void aStampInTwoFragmentsIsOneDelivery() throws Exception {
    connect(new StampMeaning.Subscriber(0));
    target.send(0x01, 3, 'f', 'b', '1');
    byte[] rest = STAMP.substring(3).getBytes(StandardCharsets.US_ASCII);
    target.send(0x80, rest.length);
    for (byte b : rest) {
      target.send(b);
    }
    fence();
    assertEquals(1, tally.delivered());
  }

  @Test
  void aJoinEndsWithItsAnswerAndNothingElse() throws Exception {
    Client client = connect(new StampMeaning.Subscriber(0));
    CompletableFuture<JoinOutcome> join = client.join("tea room");
    assertEquals("81 /channel tea room", target.readFrame());
    target.sendText("Changed to #tea rooms");
    target.sendText("#tea room a: " + STAMP);
    target.sendText("Changed to #tea room");
    assertEquals(new JoinOutcome.Joined("tea room"), join.get());
    assertEquals(1, tally.delivered());
    assertEquals(1, tally.others());
  }

  @Test
  void anUnansweredJoinShowsWhatCameInstead() throws Exception {
    Client client = connect(new StampMeaning.Subscriber(0));
    CompletableFuture<JoinOutcome> join = client.join("r");
    assertEquals("81 /channel r", target.readFrame());
    target.sendText("{\"message\": \"Internal server error\"}");
    assertEquals(
        new JoinOutcome.Unanswered(
            "r",
            "a frame that is 'Changed to #r'",
            Duration.ofMillis(300),
            "{\"message\": \"Internal server error\"}"),
        join.get());
    assertTrue(client.isOpen());
  }

  @Test
  void oneJoinAtATime() throws Exception {
    Client client = connect(new StampMeaning.Subscriber(0));
    CompletableFuture<JoinOutcome> first = client.join("r");
    assertEquals("81 /channel r", target.readFrame());
    ExecutionException second =
        assertThrows(ExecutionException.class, () -> client.join("s").get());
    assertInstanceOf(IllegalStateException.class, second.getCause());
    target.sendText("Changed to #r");
    assertEquals(new JoinOutcome.Joined("r"), first.get());
  }

  @Test
  void badRoomsAreRefusedBeforeAnythingIsSent() throws Exception {
    Client client = connect(new StampMeaning.Subscriber(0));
    for (String room : new String[] {"", " r", "r ", "#r", "r#", "a\nb", "x".repeat(65)}) {
      assertThrows(IllegalArgumentException.class, () -> client.join(room));
    }
  }

  @Test
  void aCloseFromTheTargetIsALossWithItsCode() throws Exception {
    Client client = connect(new StampMeaning.Subscriber(0));
    CompletableFuture<JoinOutcome> join = client.join("r");
    assertEquals("81 /channel r", target.readFrame());
    target.send(0x88, 2, 0x03, 0xe9);
    assertEquals("88 \u0003\u00e9", target.readFrame());
    target.closeSocket();
    assertEquals(
        "the target closed the connection with 1001 before it was in #r; the dialect or the URL may"
            + " be wrong",
        join.get().sentence());
    LostConnection loss = loss();
    assertEquals(1001, loss.closeCode());
    assertEquals(client, loss.client());
    assertEquals(SendOutcome.CLOSED, onLoop(client, () -> client.sendText(new byte[0])));
    client.close().get(5, TimeUnit.SECONDS);
    assertEquals(0, losses.size());
  }

  @Test
  void aBrokenConnectionIsALossWith1006() throws Exception {
    Client client = connect(new StampMeaning.Publisher());
    target.closeSocket();
    assertEquals(LostConnection.ABNORMAL, loss().closeCode());
    assertFalse(client.isOpen());
    assertEquals(0, fleet.openClients().get());
  }

  @Test
  void aViolationIsAnsweredAndIsALoss() throws Exception {
    connect(new StampMeaning.Publisher());
    target.send(0x83, 0);
    assertEquals("88 \u0003\u00ea", target.readFrame());
    assertTrue(target.readEnd());
    assertEquals("the target broke the WebSocket protocol: unknown opcode 3", loss().reason());
  }

  @Test
  void closingIsNoLossAndDoesNotWaitForAnAnswer() throws Exception {
    Client client = connect(new StampMeaning.Publisher());
    client.close().get(5, TimeUnit.SECONDS);
    assertEquals("88 \u0003\u00e8", target.readFrame());
    assertTrue(target.readEnd());
    assertEquals(0, losses.size());
    assertEquals(new JoinOutcome.NotConnected("r", ""), client.join("r").get());
  }

  @Test
  void aTextIsSentMaskedAtTheTimeThatIsReported() throws Exception {
    Client client = connect(new StampMeaning.Publisher());
    long before = SystemNanoClock.INSTANCE.nanoTime();
    long[] sent = new long[2];
    SendOutcome outcome =
        onLoop(
            client,
            () ->
                client.send(
                    StampedText.chat(1, 45),
                    2,
                    3,
                    (sequence, at) -> {
                      sent[0] = sequence;
                      sent[1] = at;
                    }));
    assertEquals(SendOutcome.SENT, outcome);
    assertEquals("81 " + STAMP + "......", target.readFrame());
    assertEquals(2, sent[0]);
    assertTrue(before < sent[1] && sent[1] < SystemNanoClock.INSTANCE.nanoTime());
  }

  @Test
  void sendingIsForTheLoopOnly() throws Exception {
    Client client = connect(new StampMeaning.Publisher());
    assertThrows(IllegalStateException.class, () -> client.sendText(new byte[1]));
  }

  @Test
  void aTargetThatDoesNotReadIsNoticedBeforeMemoryIsSpent() throws Exception {
    Client client = connect(new StampMeaning.Publisher());
    byte[] big = new byte[60_000];
    SendOutcome outcome =
        onLoop(
            client,
            () -> {
              SendOutcome last = SendOutcome.SENT;
              for (int i = 0; i < 2_000 && last == SendOutcome.SENT; i++) {
                last = client.sendText(big);
              }
              return last;
            });
    assertEquals(SendOutcome.NOT_WRITABLE, outcome);
  }

  private Client connect(StampMeaning role) throws Exception {
    Connecting connecting = Connecting.to(fleet, role);
    target.accept();
    return assertInstanceOf(Client.class, connecting.outcome());
  }

  /** Returns when the client has read everything sent so far. */
  private void fence() throws IOException {
    target.send(0x89, 0);
    assertEquals("8a ", target.readFrame());
  }

  private LostConnection loss() throws InterruptedException {
    return losses.poll(10, TimeUnit.SECONDS);
  }

  /** Returns when the role is in force, which is in the loop's next turn. */
  private static void change(Client client, StampMeaning role) throws Exception {
    client.role(role);
    assertEquals(role, onLoop(client, client::role));
  }

  private static <T> T onLoop(Client client, Callable<T> action) throws Exception {
    return client.executor().submit(action).get(10, TimeUnit.SECONDS);
  }
}
