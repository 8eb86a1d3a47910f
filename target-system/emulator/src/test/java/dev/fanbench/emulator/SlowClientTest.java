package dev.fanbench.emulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.protocol.contract.RawSocket;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that read nothing: what is kept for one is bounded, none is kept for ever. */
class SlowClientTest {
  private static final int LIMIT = 512 * 1024;
  private static final int POST_BYTES = 8 * 1024;
  private static final String TWO_WAY = "{\"action\":\"twoWay\"}";

  @Test
  @Shows(AwsChecklist.FULL_BUFFER)
  void postsAreRefusedOnceTheLimitWaitsTheKernelsPartIncluded() throws Exception {
    try (TestApi api = TestApi.start();
        Socket slow = handshake(api)) {
      String slowId = connectedId(api);
      Client other = Client.connect(api.url());
      String otherId = connectedId(api);

      int accepted = fill(api, slowId);
      // The client's own kernel takes some, which the server cannot tell from what was read.
      int most = LIMIT + 2 * slow.getReceiveBufferSize() + 2 * POST_BYTES;
      assertTrue(accepted > LIMIT / 2 && accepted <= most, accepted + " bytes of " + most);
      HttpResponse<String> refused = api.call("POST", slowId, "x");
      assertEquals(429, refused.statusCode());
      assertEquals(
          "LimitExceededException", refused.headers().firstValue("x-amzn-ErrorType").orElseThrow());
      assertTrue(api.emulator().counters().get("quota.slowClientBytes") >= 1);
      assertEquals(200, api.call("POST", otherId, "hello").statusCode());
      assertEquals("hello", other.next());

      slow.getInputStream().readNBytes(accepted);
      TestApi.await(() -> post(api, slowId, "x") == 200);
    }
  }

  @Test
  void answersAreBoundedByNotReadingAndNoneIsLost() throws Exception {
    int messages = 1_000;
    String answer = "y".repeat(POST_BYTES);
    try (TestApi api = TestApi.start();
        Socket slow = handshake(api)) {
      api.on("MessageFunction", event -> "{\"statusCode\":200,\"body\":\"" + answer + "\"}");
      CompletableFuture<Void> sent = send(slow, RawSocket.TEXT, TWO_WAY, messages);
      TestApi.await(() -> hits(api, Quota.SLOW_CLIENT_BYTES) >= 1);

      echoes(api, 50);
      // What waits, as much in the client's kernel at most, and the messages that were under way.
      int most = 2 * LIMIT / POST_BYTES + Math.toIntExact(Quota.CLIENT_REQUESTS.standard());
      long taken = api.emulator().counters().get("frames.received") - 50;
      assertTrue(taken <= most, taken + " of " + most);

      DataInputStream in = buffered(slow);
      for (int i = 0; i < messages; i++) {
        assertEquals(answer, next(in));
      }
      sent.get(TestApi.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @Test
  void pongsAreBoundedByNotReadingAndNoneIsLost() throws Exception {
    int pings = 12_000;
    String payload = "p".repeat(125);
    try (TestApi api = TestApi.start();
        Socket slow = handshake(api)) {
      api.on("MessageFunction", event -> "{\"statusCode\":200,\"body\":\"echo\"}");
      CompletableFuture<Void> sent = send(slow, RawSocket.PING, payload, pings);
      TestApi.await(() -> hits(api, Quota.SLOW_CLIENT_BYTES) >= 1);
      echoes(api, 50);
      long taken = api.emulator().counters().get("pings.received");
      int most = 2 * LIMIT / payload.length();
      assertTrue(taken <= most, taken + " of " + most);

      DataInputStream in = buffered(slow);
      for (int i = 0; i < pings; i++) {
        assertEquals(payload, next(in));
      }
      sent.get(TestApi.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @Test
  void onlySoManyMessagesOfOneClientAreUnderWay() throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    try (TestApi api =
            TestApi.start(
                options -> options.withQuotas(QuotaSet.standard().with(Quota.CLIENT_REQUESTS, 5)));
        Socket client = handshake(api)) {
      api.on(
          "MessageFunction",
          event -> {
            mayAnswer.await();
            return "{\"statusCode\":200,\"body\":\"answered\"}";
          });
      send(client, RawSocket.TEXT, TWO_WAY, 20).get();
      for (int i = 0; i < 5; i++) {
        api.event("MessageFunction");
      }
      assertEquals(5, api.emulator().counters().get("frames.received"));
      assertEquals(1, hits(api, Quota.CLIENT_REQUESTS));
      mayAnswer.countDown();
      DataInputStream in = buffered(client);
      for (int i = 0; i < 20; i++) {
        assertEquals("answered", next(in));
      }
    }
  }

  @Test
  void clientThatReadsNothingAndIsResetEnds() throws Exception {
    try (TestApi api = TestApi.start()) {
      try (Socket slow = handshake(api)) {
        fill(api, connectedId(api));
        slow.getOutputStream().write(RawSocket.encode(RawSocket.TEXT, true, new byte[100]));
        slow.setSoLinger(true, 0);
      }
      assertEquals(1006, disconnectCode(api));
      assertEquals(0, api.emulator().counters().get("connections.open"));
    }
  }

  @Test
  void clientThatReadsNothingAndLivesEndsWhenItIsIdle() throws Exception {
    SettableClock clock = new SettableClock();
    try (TestApi api = TestApi.start(options -> options.withClock(clock));
        Socket slow = handshake(api)) {
      int accepted = fill(api, connectedId(api));
      clock.pass(Duration.ofMinutes(10));
      api.emulator().sweep();
      assertEquals(1001, disconnectCode(api));
      slow.setSoTimeout((int) TestApi.PATIENCE.toMillis());
      assertTrue(readToTheEnd(slow) <= accepted + POST_BYTES);
    }
  }

  @Test
  void closeOfAClientThatReadsNothingEndsIt() throws Exception {
    try (TestApi api = TestApi.start();
        Socket slow = handshake(api)) {
      String id = connectedId(api);
      // Little enough that the client is read from, and too much for its close to go out.
      byte[] close = RawSocket.encode(RawSocket.CLOSE, true, new byte[] {3, (byte) 232});
      int posts = 0;
      while (post(api, id, "x".repeat(POST_BYTES)) == 200 && posts < LIMIT * 7 / 10 / POST_BYTES) {
        posts++;
      }
      slow.getOutputStream().write(close);
      assertEquals(1000, disconnectCode(api));
      slow.setSoTimeout((int) TestApi.PATIENCE.toMillis());
      readToTheEnd(slow);
    }
  }

  private static CompletableFuture<Void> send(
      Socket client, int opcode, String payload, int times) {
    byte[] frame = RawSocket.encode(opcode, true, payload.getBytes(US_ASCII));
    CompletableFuture<Void> sent = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < times; i++) {
                  client.getOutputStream().write(frame);
                }
                sent.complete(null);
              } catch (IOException broken) {
                sent.completeExceptionally(broken);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return sent;
  }

  private static DataInputStream buffered(Socket socket) throws IOException {
    socket.setSoTimeout((int) TestApi.PATIENCE.toMillis());
    return new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** The text of the next frame, which is shorter than 64 KB. */
  private static String next(DataInputStream in) throws IOException {
    in.readUnsignedByte();
    int length = in.readUnsignedByte();
    return new String(in.readNBytes(length < 126 ? length : in.readUnsignedShort()), US_ASCII);
  }

  /** Posts until a post is refused; the bytes of those that were not. */
  private static int fill(TestApi api, String id) {
    String post = "x".repeat(POST_BYTES);
    int accepted = 0;
    while (post(api, id, post) == 200) {
      accepted += POST_BYTES;
      assertTrue(accepted < 8 * LIMIT, "never refused");
    }
    return accepted;
  }

  private static int post(TestApi api, String id, String text) {
    try {
      return api.call("POST", id, text).statusCode();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Round trips of another client. */
  private static void echoes(TestApi api, int times) throws InterruptedException {
    Client other = Client.connect(api.url());
    for (int i = 0; i < times; i++) {
      other.send(TWO_WAY);
      other.next();
    }
  }

  private static long hits(TestApi api, Quota quota) {
    return api.emulator().counters().getOrDefault("quota." + quota.key(), 0L);
  }

  /** Until the stream's end or a reset; the bytes that came. */
  private static int readToTheEnd(Socket socket) throws IOException {
    byte[] bytes = new byte[POST_BYTES];
    int total = 0;
    try {
      for (int read = 0; read >= 0; read = socket.getInputStream().read(bytes)) {
        total += read;
      }
    } catch (SocketException reset) {
      // As good an end as any for a socket that had bytes unread.
    }
    return total;
  }

  private static Socket handshake(TestApi api) throws IOException {
    Socket socket = new Socket(api.url().getHost(), api.url().getPort());
    socket.getOutputStream().write(RawSocket.upgrade(api.url()).getBytes(US_ASCII));
    int blankLine = 0;
    while (blankLine != 0x0d0a0d0a) {
      blankLine = blankLine << 8 | socket.getInputStream().read();
    }
    return socket;
  }

  private static String connectedId(TestApi api) throws InterruptedException {
    return api.event("ConnectFunction").at("/requestContext/connectionId").asText();
  }

  private static int disconnectCode(TestApi api) throws InterruptedException {
    return api.event("DisconnectFunction").at("/requestContext/disconnectStatusCode").asInt();
  }
}
