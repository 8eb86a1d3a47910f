package dev.fanbench.gatling.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.fleet.ConnectFailure.TimedOut.Step;
import dev.fanbench.measurement.clock.SystemNanoClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ConnectTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @Test
  void aWebSocketIsConnected() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None());
        Fleet fleet = Fleet.open(options(target.url()))) {
      Connecting connecting = Connecting.to(fleet, new StampMeaning.Publisher());
      Client client = assertInstanceOf(Client.class, connecting.outcome());
      assertTrue(client.isOpen());
      assertEquals(2, connecting.times().size());
      assertTrue(connecting.times().get(0) < connecting.times().get(1));
    }
  }

  @Test
  void aClosedPortRefuses() throws Exception {
    int port;
    try (ServerSocket taken = listen()) {
      port = taken.getLocalPort();
    }
    assertEquals(new ConnectFailure.Refused(), failure(URI.create("ws://127.0.0.1:" + port)));
  }

  @Test
  void aServerThatNeverAnswersTimesOut() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.Silent())) {
      ConnectFailure failure = failure(target.url());
      assertEquals(new ConnectFailure.TimedOut(SHORT, Step.WEBSOCKET), failure);
      assertEquals("the WebSocket handshake was not answered within 300 ms", failure.sentence());
    }
  }

  @Test
  void aWebServerIsShownWithStatusAndBody() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.Http(503))) {
      ConnectFailure failure = failure(target.url());
      assertEquals(
          "the answer is not a WebSocket's but HTTP 503: {\"message\":\"just a web server\"}",
          failure.sentence());
    }
  }

  @Test
  void somethingElseIsShownAsItSpeaks() throws Exception {
    assertEquals(
        new ConnectFailure.NotAWebSocket(0, "SSH-2.0-OpenSSH_9.6"),
        failureAgainst(socket -> write(socket, "SSH-2.0-OpenSSH_9.6\r\n")));
  }

  @Test
  void anAnswerToAnotherKeyIsNotAccepted() throws Exception {
    ConnectFailure failure =
        failureAgainst(
            socket ->
                write(
                    socket,
                    String.join(
                        "\r\n",
                        "HTTP/1.1 101 X",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Accept: wrong",
                        "",
                        "")));
    assertTrue(failure.sentence().contains("Sec-WebSocket-Accept is wrong"), failure.sentence());
  }

  @Test
  void aConnectionClosedWithoutAnAnswerIsSaidToBe() throws Exception {
    assertEquals(new ConnectFailure.Closed(), failureAgainst(Socket::close));
  }

  @Test
  void aHostWithoutAddressIsUnknown() throws Exception {
    assertEquals(
        new ConnectFailure.UnknownHost("no-such-host.invalid"),
        failure(URI.create("ws://no-such-host.invalid/dev")));
  }

  /** The target was not asked, so that it is no fault of its own. */
  @Test
  void aSystemWithoutAFreePortIsTheLoadsOwnFailure() throws Exception {
    try (Socket socket = new Socket()) {
      String reason =
          assertThrows(
                  BindException.class,
                  () -> socket.bind(new InetSocketAddress("192.0.2.1", 0)),
                  "an address for documentation is no machine's")
              .getMessage();
      ConnectFailure failure = ConnectFailure.ofSystemCall(reason);
      assertEquals(new ConnectFailure.NothingLeft(reason), failure);
      assertTrue(failure.isOwn());
    }
    assertFalse(ConnectFailure.ofSystemCall("Connection refused").isOwn());
    assertFalse(ConnectFailure.ofSystemCall("Connection reset by peer").isOwn());
  }

  @Test
  void tlsIsUsedForWss(@TempDir Path directory) throws Exception {
    SelfSigned certificate = SelfSigned.create(directory, "127.0.0.1");
    try (FaultyTarget target = FaultyTarget.startSecure(new Fault.None(), certificate.server());
        Fleet fleet = Fleet.open(options(target.url()).withTrust(certificate.trusted()))) {
      Connecting connecting = Connecting.to(fleet, new StampMeaning.Subscriber(0));
      Client client = assertInstanceOf(Client.class, connecting.outcome());
      assertTrue(connecting.sawTls());
      List<Long> times = connecting.times();
      assertEquals(4, times.size());
      assertEquals(times.stream().sorted().toList(), times);
      assertEquals(new JoinOutcome.Joined("r"), client.join("r").join());
    }
  }

  @Test
  void eachTlsHandshakeIsAWholeOne(@TempDir Path directory) throws Exception {
    SelfSigned certificate = SelfSigned.create(directory, "127.0.0.1");
    AtomicInteger whole = new AtomicInteger();
    try (FaultyTarget target =
            FaultyTarget.startSecure(new Fault.None(), certificate.server(whole::incrementAndGet));
        Fleet fleet = Fleet.open(options(target.url()).withTrust(certificate.trusted()))) {
      for (int connected = 1; connected <= 3; connected++) {
        // What is answered came after the ticket that another handshake could resume.
        Client client = Connecting.client(fleet, new StampMeaning.Publisher());
        assertEquals(new JoinOutcome.Joined("r"), client.join("r").join());
        assertEquals(connected, whole.get());
      }
    }
  }

  @Test
  void anybodysCertificateForAnyHostIsTakenWhenAskedTo(@TempDir Path directory) throws Exception {
    SelfSigned other = SelfSigned.create(directory, "127.0.0.2");
    try (FaultyTarget target = FaultyTarget.startSecure(new Fault.None(), other.server());
        Fleet fleet = Fleet.open(options(target.url()).withTrust(new Trust.Any()))) {
      assertInstanceOf(Client.class, Connecting.to(fleet, new StampMeaning.Publisher()).outcome());
    }
  }

  @Test
  void anUntrustedCertificateIsAFailureOfTls(@TempDir Path directory) throws Exception {
    SelfSigned certificate = SelfSigned.create(directory, "127.0.0.1");
    try (FaultyTarget target = FaultyTarget.startSecure(new Fault.None(), certificate.server())) {
      ConnectFailure failure = failure(target.url(), Duration.ofSeconds(10));
      assertInstanceOf(ConnectFailure.Tls.class, failure, failure.sentence());
    }
  }

  @Test
  void aCertificateOfAnotherHostIsAFailureOfTls(@TempDir Path directory) throws Exception {
    SelfSigned other = SelfSigned.create(directory, "127.0.0.2");
    try (FaultyTarget target = FaultyTarget.startSecure(new Fault.None(), other.server());
        Fleet fleet = Fleet.open(options(target.url()).withTrust(other.trusted()))) {
      assertInstanceOf(
          ConnectFailure.Tls.class, Connecting.to(fleet, new StampMeaning.Publisher()).outcome());
    }
  }

  @Test
  void aPlainServerIsAFailureOfTls() throws Exception {
    ConnectFailure failure =
        failureAgainst("wss", socket -> write(socket, "HTTP/1.1 400 Bad Request\r\n\r\n"));
    assertInstanceOf(ConnectFailure.Tls.class, failure, failure.sentence());
  }

  @Test
  void aServerThatDoesNotAnswerTlsTimesOut() throws Exception {
    assertEquals(new ConnectFailure.TimedOut(SHORT, Step.TLS), failureAgainst("wss", socket -> {}));
  }

  @Test
  void connectionsComeFromManyLoopbackAddresses() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None());
        Fleet fleet =
            Fleet.open(options(target.url()).withSources(SourceSet.parse("127.0.0.1-127.0.0.3")))) {
      JoinResult joinResult =
          fleet.joinAll(ClientSlot.subscribers(6, List.of("r")), 2, joined -> {}).join();
      assertInstanceOf(JoinResult.Complete.class, joinResult);
      assertEquals(List.of("127.0.0.1", "127.0.0.2", "127.0.0.3"), List.copyOf(target.sources()));
    }
  }

  @Test
  void anAnswerThatRepeatsTheTokenIsShownWithoutIt() throws Exception {
    IdentityTable users = IdentityTable.numbered("just a web");
    try (FaultyTarget target = FaultyTarget.start(new Fault.Http(403));
        Fleet fleet = Fleet.open(options(target.url()).withIdentities(users))) {
      assertEquals(
          new ConnectFailure.NotAWebSocket(403, "{\"message\":\"(not shown) server\"}"),
          Connecting.to(fleet, new StampMeaning.Publisher()).outcome());
    }
  }

  @Test
  void manyFailuresAtOnceAreNamedAndEndTheAttempt() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/dev");
      CompletableFuture<Void> refused = CompletableFuture.runAsync(() -> refuseTogether(server, 4));
      JoinResult.Incomplete joinResult;
      try (Fleet fleet = Fleet.open(options(url))) {
        joinResult =
            assertInstanceOf(
                JoinResult.Incomplete.class,
                fleet.joinAll(ClientSlot.subscribers(100, List.of("r")), 4, joined -> {}).join());
      }
      refused.join();
      assertEquals(0, joinResult.joined());
      // Four were in flight, and all failed for one reason.
      assertEquals(
          List.of(
              "connections 1, 2, 3 and 1 more to "
                  + url
                  + ": the answer is not a WebSocket's but HTTP 403: go away"),
          joinResult.failures());
    }
  }

  /** Answers connections when all of them have asked, so that none fails before another begins. */
  private static void refuseTogether(ServerSocket server, int count) {
    List<Socket> clients = new ArrayList<>();
    try {
      while (clients.size() < count) {
        Socket client = server.accept();
        clients.add(client);
        BufferedReader request =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        while (!request.readLine().isEmpty()) {
          // The header before the answer.
        }
      }
      byte[] answer =
          "HTTP/1.1 403 Forbidden\r\ncontent-length: 7\r\n\r\ngo away"
              .getBytes(StandardCharsets.US_ASCII);
      for (Socket client : clients) {
        client.getOutputStream().write(answer);
      }
      for (Socket client : clients) {
        // Until the client has closed.
        client.getInputStream().readAllBytes();
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void connectionsInFlightFailWhenTheFleetIsClosed() throws Exception {
    List<Connecting> attempts;
    try (FaultyTarget target = FaultyTarget.start(new Fault.Silent())) {
      try (Fleet fleet = Fleet.open(options(target.url(), Duration.ofSeconds(20)))) {
        attempts =
            IntStream.range(0, 5)
                .mapToObj(i -> Connecting.to(fleet, new StampMeaning.Publisher()))
                .toList();
      }
      for (Connecting attempt : attempts) {
        assertEquals(new ConnectFailure.Abandoned(), attempt.outcome());
      }
    }
  }

  private interface Answer {
    void to(Socket socket) throws IOException;
  }

  private static ConnectFailure failureAgainst(Answer answer) throws Exception {
    return failureAgainst("ws", answer);
  }

  /** Connects to a server that reads a request and then does as told. */
  private static ConnectFailure failureAgainst(String scheme, Answer answer) throws Exception {
    try (ServerSocket server = listen()) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(
              () -> {
                try (Socket socket = server.accept()) {
                  int read = socket.getInputStream().read(new byte[4096]);
                  assertTrue(read > 0);
                  answer.to(socket);
                  // Leaves it to the client to close, unless the answer did.
                  while (!socket.isClosed() && socket.getInputStream().read() >= 0) {}
                } catch (IOException closed) {
                  // The client may reset a connection it has no use for.
                }
              });
      ConnectFailure failure =
          failure(URI.create(scheme + "://127.0.0.1:" + server.getLocalPort() + "/dev"));
      served.join();
      return failure;
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static ConnectFailure failure(URI url) throws Exception {
    return failure(url, SHORT);
  }

  private static ConnectFailure failure(URI url, Duration timeout) throws Exception {
    try (Fleet fleet = Fleet.open(options(url, timeout))) {
      Object outcome = Connecting.to(fleet, new StampMeaning.Publisher()).outcome();
      return assertInstanceOf(ConnectFailure.class, outcome);
    }
  }

  private static FleetOptions options(URI url) {
    return options(url, Duration.ofSeconds(10));
  }

  private static FleetOptions options(URI url, Duration timeout) {
    return FleetOptions.of(url, SystemNanoClock.INSTANCE).withTimeouts(timeout, timeout);
  }
}
