package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom {@code $connect} lets in, and what the others are told. */
class HandshakeTest {
  private TestApi api;

  @BeforeEach
  void start() throws IOException {
    api = TestApi.start();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  @Shows(AwsChecklist.UPGRADE_WAITS_FOR_CONNECT)
  void upgradeWaitsForConnectAndPostsAreGoneMeanwhile() throws Exception {
    CountDownLatch connectMayReturn = new CountDownLatch(1);
    api.on(
        "ConnectFunction",
        event -> {
          connectMayReturn.await(10, TimeUnit.SECONDS);
          return "{\"statusCode\":200}";
        });
    CompletableFuture<Client> asking = Client.ask(api.url());
    String id = api.event("ConnectFunction").at("/requestContext/connectionId").asText();
    assertEquals(410, api.call("POST", id, "too early").statusCode());
    assertFalse(asking.isDone());

    connectMayReturn.countDown();
    Client client = Client.await(asking);
    assertEquals(200, api.call("POST", id, "now").statusCode());
    assertEquals("now", client.next());
  }

  @Test
  @Shows(AwsChecklist.CONNECT_DECIDES)
  void refusalOfConnectIsTheHandshakesStatus() {
    api.on("ConnectFunction", event -> "{\"statusCode\":400,\"body\":\"no\"}");
    assertEquals(400, Client.refusal(api.url()));
    api.on("ConnectFunction", event -> "{\"statusCode\":403}");
    assertEquals(403, Client.refusal(api.url()));
  }

  @Test
  @Shows(AwsChecklist.CONNECT_DECIDES)
  void failureOfConnectIs502() {
    api.on(
        "ConnectFunction",
        event -> {
          throw new IllegalStateException("on purpose");
        });
    assertEquals(502, Client.refusal(api.url()));
    api.on("ConnectFunction", event -> "\"no object\"");
    assertEquals(502, Client.refusal(api.url()));
    api.on("ConnectFunction", event -> "{\"body\":\"no status\"}");
    assertEquals(502, Client.refusal(api.url()));
  }

  @Test
  void timeoutOfConnectIs504AndItsFunctionGoesOnUntilItsOwn() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    api.on(
        "ConnectFunction",
        event -> {
          never.await();
          return "";
        });
    assertEquals(504, Client.refusal(api.url()));
    api.on("ConnectFunction", event -> "{\"statusCode\":200}");
    Client.connect(api.url());
    TestApi.await(() -> api.emulator().counters().get("lambda.abandoned") == 1);
  }

  @Test
  @Shows(AwsChecklist.CONNECT_DECIDES)
  void withoutConnectEverybodyIsLetIn() throws IOException {
    String template =
        TestApi.template("routes.yaml").replace("RouteKey: $connect", "RouteKey: connectNoMore");
    try (TestApi open = TestApi.start(options -> options.withTemplate(template))) {
      Client.connect(open.url());
    }
  }

  @Test
  @Shows(AwsChecklist.SUBPROTOCOL)
  void subprotocolIsEchoedOnlyIfConnectReturnsIt() {
    assertEquals("", Client.await(Client.ask(api.url(), "chat")).socket().getSubprotocol());
    api.on(
        "ConnectFunction",
        event -> "{\"statusCode\":200,\"headers\":{\"Sec-WebSocket-Protocol\":\"chat\"}}");
    assertEquals("chat", Client.await(Client.ask(api.url(), "chat")).socket().getSubprotocol());
  }
}
