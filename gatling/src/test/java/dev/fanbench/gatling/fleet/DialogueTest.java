package dev.fanbench.gatling.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.dialect.DialectFolder;
import dev.fanbench.measurement.clock.SystemNanoClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The frames of dialects, byte by byte. */
@Timeout(30)
class DialogueTest {
  private static final String STAMP = "fb1:00000001:00000002:0000000000000003:";
  private static final String JOIN_AND_PUBLISH =
      """
      join { send = "join ${room} ${n}", expect { exactly = "joined ${n}" } }
      publish { send { binary = "say ${room} ${bytes:${text}} ${text}" } }
      """;

  private final BlockingQueue<LostConnection> losses = new ArrayBlockingQueue<>(10);
  private final Tally tally = new Tally();
  private IdentityTable users = IdentityTable.numbered("");
  private RawTarget target;
  private Fleet fleet;

  @TempDir Path directory;

  @BeforeEach
  void start() throws IOException {
    target = new RawTarget();
  }

  @AfterEach
  void stop() throws IOException {
    target.close();
    if (fleet != null) {
      fleet.close();
    }
  }

  @Test
  void pathHeadersAndSubprotocolAreThoseOfTheDialect() throws Exception {
    speak(
        """
        connect { path = "/ws/${room}?v=1", headers { X-Client = "${user}" }, subprotocol = [a, b] }
        """
            + JOIN_AND_PUBLISH);
    Connecting connecting = Connecting.to(fleet, new StampMeaning.Subscriber(0));
    target.acceptWith("Sec-WebSocket-Protocol: b\r\n");
    assertInstanceOf(Client.class, connecting.outcome());
    String request = target.request();
    assertTrue(request.startsWith("GET " + target.url().getPath() + "/ws/r?v=1 HTTP/1.1"), request);
    assertTrue(request.contains("\r\nX-Client: user-0\r\n"), request);
    assertTrue(request.contains("\r\nSec-WebSocket-Protocol: a, b\r\n"), request);
  }

  @Test
  void eachClientBringsTheIdentityOfItsRow() throws Exception {
    users =
        IdentityTable.of(
            List.of(
                new ClientIdentity("ada", "t-ada", "key=k-ada", Map.of("X-Key", "h-ada")),
                new ClientIdentity("", "t-two", "", Map.of())));
    speak(
        """
        connect { path = "/ws?v=1", headers { X-Client = "${user} ${token}" } }
        open = [ { send = "login ${user} ${token}" } ]
        """
            + JOIN_AND_PUBLISH);
    String path = target.url().getPath() + "/ws?v=1";
    for (String row : List.of("ada t-ada", "user-1 t-two", "ada t-ada")) {
      boolean ada = row.startsWith("ada");
      connect();
      String request = target.request();
      String resource = path + (ada ? "&key=k-ada" : "");
      assertTrue(request.startsWith("GET " + resource + " HTTP/1.1\r\n"), request);
      assertTrue(request.contains("\r\nX-Client: " + row + "\r\n"), request);
      assertEquals(ada, request.contains("\r\nX-Key: h-ada\r\n"), request);
      assertEquals("81 login " + row, target.readFrame());
    }
  }

  @Test
  void aCredentialThatTheServerRepeatsIsNotShown() throws Exception {
    users =
        IdentityTable.of(
            List.of(
                new ClientIdentity("ada", "t-ada", "", Map.of()),
                new ClientIdentity("bob", "t-bob", "", Map.of("X", "Bearer abcdef"))));
    speak(JOIN_AND_PUBLISH + "refuse = [ { expect { begins = error } } ]");
    Client client = connect();
    target.sendText("hello t-ada and t-bob with abcdef");
    target.sendText("error t-ada");
    fence();
    assertEquals(
        Map.of(
            "other",
            "hello (not shown) and (not shown) with (not shown)",
            "refused",
            "error (not shown)"),
        fleet.examples().get());
    CompletableFuture<JoinOutcome> join = client.join("tea");
    target.readFrame();
    target.sendText("error for t-ada");
    assertEquals(new JoinOutcome.Refused("tea", "error for (not shown)"), join.get());
  }

  @Test
  void aSubprotocolThatIsNotChosenIsARefusal() throws Exception {
    speak("connect { subprotocol = mqtt }\n" + JOIN_AND_PUBLISH);
    Connecting connecting = Connecting.to(fleet, new StampMeaning.Subscriber(0));
    target.accept();
    ConnectFailure failure = assertInstanceOf(ConnectFailure.class, connecting.outcome());
    assertTrue(failure.sentence().contains("subprotocols offered: mqtt"), failure.sentence());
  }

  @Test
  void framesAreExchangedInOrderAndTextsCaptured() throws Exception {
    speak(
        """
        open = [
          { expect { begins = "hello" }, capture { sid = "sid=(\\\\d+)" } }
          { send = "I am ${seen:sid}" }
          { expect = welcome }
        ]
        """
            + JOIN_AND_PUBLISH);
    Client client = connect();
    CompletableFuture<JoinOutcome> join = client.join("tea");
    target.sendText("hello sid=42");
    assertEquals("81 I am 42", target.readFrame());
    target.sendText("you are welcome");
    assertEquals("81 join tea 2", target.readFrame());
    target.sendText("joined 1");
    target.sendText("joined 2");
    assertEquals(new JoinOutcome.Joined("tea"), join.get());
    assertEquals(1, tally.others(), "a confirmation of another join");
    StampedText text = client.executor().submit(() -> client.publication(1, 39)).get();
    client.executor().submit(() -> client.send(text, 2, 3, (n, at) -> {})).get();
    assertEquals("82 say tea 39 " + STAMP, target.readFrame());
  }

  @Test
  void aServerThatDoesNotOpenIsToldByItsLastFrame() throws Exception {
    speak("open = [ { expect = welcome } ]\n" + JOIN_AND_PUBLISH);
    Client client = connect();
    CompletableFuture<JoinOutcome> join = client.join("tea");
    target.sendText("go away");
    JoinOutcome.NotOpened outcome = assertInstanceOf(JoinOutcome.NotOpened.class, join.get());
    assertEquals(
        "after the handshake the target sent no frame that contains 'welcome' within 300 ms,"
            + " but 'go away'",
        outcome.sentence());
    assertEquals(outcome.why(), losses.poll(10, TimeUnit.SECONDS).reason());
  }

  @Test
  void aRefusalEndsAJoinAtOnceAndCountsLater() throws Exception {
    speak(JOIN_AND_PUBLISH + "refuse = [ { expect { begins = error } } ]");
    Client client = connect();
    CompletableFuture<JoinOutcome> join = client.join("tea");
    target.readFrame();
    target.sendText("error: full");
    assertEquals(new JoinOutcome.Refused("tea", "error: full"), join.get());
    target.sendText("error: slow down");
    fence();
    assertEquals(1, tally.refusals());
    assertEquals("error: slow down", fleet.examples().get().get("refused"));
  }

  @Test
  void aNumberOfFramesConfirms() throws Exception {
    speak("join { send = in, frames = 2 }\npublish { send = \"${text}\" }");
    Client client = connect();
    CompletableFuture<JoinOutcome> join = client.join("tea");
    target.readFrame();
    target.sendText("one");
    fence();
    assertTrue(!join.isDone());
    target.sendText("two");
    assertEquals(new JoinOutcome.Joined("tea"), join.get());
  }

  @Test
  void keepAlivesAreSentAndAnswered() throws Exception {
    speak(
        JOIN_AND_PUBLISH
            + "keepAlive { every = 50ms, send = beat, answers ="
            + " [ { expect { exactly = ping }, send = \"pong ${n}\" } ] }");
    connect();
    assertEquals("81 beat", target.readFrame());
    assertEquals("81 beat", target.readFrame());
    target.sendText("ping");
    String answer = target.readFrame();
    while (answer.equals("81 beat")) {
      answer = target.readFrame();
    }
    assertTrue(answer.matches("81 pong \\d+"), answer);
  }

  @Test
  void aPingBetweenPublicationsIsAnsweredWhereTheDialectSaysSo() throws Exception {
    speak(
        JOIN_AND_PUBLISH
            + "keepAlive { answers = [ { expect { exactly = ping }, send = pong }"
            + " { expect = \"\\nping\", send = \"pong ${n}\", batched = true } ] }");
    Client client = connect();
    CompletableFuture<JoinOutcome> join = client.join("tea");
    assertEquals("81 join tea 1", target.readFrame());
    target.sendText("joined 1");
    join.get();
    target.sendText(STAMP + "\nping\n" + STAMP);
    assertEquals("81 pong 2", target.readFrame());
    target.sendText(STAMP + "ping");
    fence();
    assertEquals(3, tally.delivered());
  }

  @Test
  void aKeepAliveIsAnsweredWithTheValueThatItBrings() throws Exception {
    speak(
        JOIN_AND_PUBLISH
            + """
            open = [ { expect = hello, capture { id = "id=(\\\\w+)" } } ]
            keepAlive {
              answers = [
                { expect = beat, capture { beat = "beat ([0-9]+)" }
                  send = "back ${seen:beat} of ${seen:id}", batched = true }
              ]
            }
            """);
    connect();
    target.sendText("hello id=a7");
    target.sendText("beat 41");
    assertEquals("81 back 41 of a7", target.readFrame());
    target.sendText("beat 42");
    assertEquals("81 back 42 of a7", target.readFrame());
    target.sendText(STAMP + "\nbeat 43");
    assertEquals("81 back 43 of a7", target.readFrame());
    target.sendText("beat without a number");
    assertEquals("81 back  of a7", target.readFrame());
    assertEquals(1, tally.delivered());
  }

  @Test
  void aConnectionThatIsLostWhileItOpensWasNotOpened() throws Exception {
    speak(JOIN_AND_PUBLISH + "open = [ { expect = hello } ]");
    Client client = connect();
    CompletableFuture<JoinOutcome> join = client.join("tea");
    target.send(0x88, 2, 0x11, 0x31);
    JoinOutcome early = join.get();
    String reason =
        "the target closed the connection with 4401 before all frames of open were exchanged;"
            + " the dialect or the URL may be wrong";
    assertEquals(new JoinOutcome.NotOpened("tea", reason), early);
    assertEquals(new JoinOutcome.NotOpened("tea", reason), client.join("tea").get());
  }

  @Test
  void aPublisherThatJoinsNothingWaitsUntilItsConnectionIsOpen() throws Exception {
    speak(
        """
        open = [ { expect = hello, capture { id = "id=([a-z0-9]+)" } } ]
        join { send = in, expect = PONG }
        publish { send = "${seen:id} says ${text}", by = connection }
        """);
    CompletableFuture<JoinResult> joined =
        fleet.joinAll(ClientSlot.publishers(List.of("r")), 1, count -> {});
    target.accept();
    assertFalse(joined.isDone());
    target.sendText("hello id=a7");
    Client client = assertInstanceOf(JoinResult.Complete.class, joined.get()).clients().get(0);
    StampedText text = client.executor().submit(() -> client.publication(1, 39)).get();
    client.executor().submit(() -> client.send(text, 2, 3, (n, at) -> {})).get();
    assertTrue(target.readFrame().startsWith("81 a7 says fb1:"));
  }

  @Test
  void leavingIsSaidBeforeTheClose() throws Exception {
    speak(JOIN_AND_PUBLISH + "leave { send = bye }");
    Client client = connect();
    var unused = client.close();
    assertEquals("81 bye", target.readFrame());
    assertEquals("88 \u0003\u00e8", target.readFrame());
  }

  @Test
  void everyStampOfAFrameIsADelivery() throws Exception {
    speak(JOIN_AND_PUBLISH);
    connect();
    target.sendText(STAMP + "\n" + STAMP + "\n\n" + STAMP);
    fence();
    assertEquals(3, tally.delivered());
  }

  @Test
  void aStampInABinaryFrameIsADelivery() throws Exception {
    speak(JOIN_AND_PUBLISH);
    connect();
    byte[] frame = ("\0\u0001" + STAMP).getBytes(StandardCharsets.ISO_8859_1);
    int[] bytes = new int[frame.length + 2];
    bytes[0] = 0x82;
    bytes[1] = frame.length;
    for (int i = 0; i < frame.length; i++) {
      bytes[i + 2] = frame[i];
    }
    target.send(bytes);
    fence();
    assertEquals(1, tally.delivered());
    assertEquals(0, tally.others());
  }

  @Test
  void aGreetingAndNoiseOfAServerAreNoDeliveries() throws Exception {
    speak(JOIN_AND_PUBLISH);
    Client client = connect();
    target.sendText("welcome to this server");
    target.send(0x82, 3, 0xff, 0, 0xfe);
    target.send(0x81, 0);
    CompletableFuture<JoinOutcome> join = client.join("tea");
    assertEquals("81 join tea 1", target.readFrame());
    target.sendText("news: " + "x".repeat(60));
    target.sendText("joined 1");
    assertEquals(new JoinOutcome.Joined("tea"), join.get());
    target.sendText(STAMP);
    fence();
    assertEquals(1, tally.delivered());
    assertEquals(4, tally.others());
  }

  @Test
  void aTextThatIsCutShortIsADeliveryAndAFault() throws Exception {
    speak(JOIN_AND_PUBLISH);
    fleet.record(41, loop -> tally).join();
    connect();
    target.sendText("{" + STAMP + "..}");
    fence();
    assertEquals(0, tally.cuts());
    target.sendText("{" + STAMP + ".}");
    target.sendText(STAMP + "..\n" + STAMP + ".\n" + STAMP + "..");
    fence();
    assertEquals(5, tally.delivered());
    assertEquals(2, tally.cuts());
  }

  @Test
  void aConfirmationMayShareAFrameWithDeliveries() throws Exception {
    speak("join { send = in, expect = PONG }\npublish { send = \"${text}\" }");
    Client client = connect();
    CompletableFuture<JoinOutcome> join = client.join("tea");
    target.readFrame();
    target.sendText("PONG\nMSG " + STAMP);
    assertEquals(new JoinOutcome.Joined("tea"), join.get());
    fence();
    assertEquals(1, tally.delivered());
  }

  @Test
  void anExpectedFrameMayNeedNoAnswer() throws Exception {
    speak(JOIN_AND_PUBLISH + "keepAlive { answers = [ { expect = \"said: yes\" } ] }");
    connect();
    target.sendText("said: yes");
    target.sendText("said: no");
    fence();
    assertEquals(1, tally.others());
  }

  @Test
  void aClientOfMqttHasANameOfItsOwnAndItsPingsAreAnswered() throws Exception {
    speak("codec = mqtt, keepAlive { every = 100ms }");
    String first = mqttConnect();
    target.send(0x82, 4, 0x20, 2, 0, 0);
    assertEquals("82 \u00c0\u0000", target.readFrame());
    target.send(0x82, 2, 0xd0, 0);
    fenceAmongPings();
    assertEquals(0, tally.others());
    target.closeSocket();
    String second = mqttConnect();
    assertTrue(first.matches("(?s)82 \u0010#\u0000\u0004MQTT\u0004.*fanbench[0-9a-f]{15}"), first);
    assertNotEquals(first, second);
  }

  private String mqttConnect() throws Exception {
    Connecting connecting = Connecting.to(fleet, new StampMeaning.Subscriber(0));
    target.acceptWith("Sec-WebSocket-Protocol: mqtt\r\n");
    assertInstanceOf(Client.class, connecting.outcome());
    return target.readFrame();
  }

  private void fenceAmongPings() throws IOException {
    target.send(0x89, 0);
    String frame = target.readFrame();
    while (!frame.equals("8a ")) {
      frame = target.readFrame();
    }
  }

  @Test
  void aRequestThatFindsNoServerIsCountedOnce() throws Exception {
    speak("join { frames = 1 }\npublish { http { path = \"/pub\", body = \"${text}\" } }");
    Client client = connect();
    target.stopListening();
    StampedText text = client.executor().submit(() -> client.publication(1, 39)).get();
    client.executor().submit(() -> client.send(text, 2, 3, (n, at) -> {})).get();
    while (!fleet.examples().get().containsKey("refused")) {
      fence();
    }
    assertEquals(1, tally.refusals());
  }

  private void speak(String dialect) throws IOException {
    Files.writeString(directory.resolve("own.conf"), dialect);
    fleet =
        Fleet.open(
            FleetOptions.of(target.url(), SystemNanoClock.INSTANCE)
                .withLoops(1)
                .withIdentities(users)
                .withDialect(new DialectFolder(directory).read("own.conf", directory))
                .withTimeouts(Duration.ofSeconds(10), Duration.ofMillis(300)));
    fleet.record(loop -> tally).join();
    fleet.onLostConnection(losses::add);
  }

  private Client connect() throws Exception {
    Connecting connecting = Connecting.to(fleet, new StampMeaning.Subscriber(0));
    target.accept();
    return assertInstanceOf(Client.class, connecting.outcome());
  }

  /** Returns when the client has read everything sent so far. */
  private void fence() throws IOException {
    target.send(0x89, 0);
    assertEquals("8a ", target.readFrame());
  }
}
