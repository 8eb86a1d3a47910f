package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

class StopTest {

  @Test
  void newRequestsAreRefusedAndThoseInProgressAreFinishedBeforeTheClose() throws Exception {
    CountDownLatch mayFinish = new CountDownLatch(1);
    TestApi api = TestApi.start();
    api.on(
        "MessageFunction",
        event -> {
          if (event.get("body").asText().contains("slow")) {
            mayFinish.await();
          }
          return "{\"statusCode\":200,\"body\":\"finished\"}";
        });
    Client client = Client.connect(api.url());
    client.send("{\"action\":\"twoWay\",\"text\":\"slow\"}");
    api.event("MessageFunction");

    CompletableFuture<Void> stopped = CompletableFuture.runAsync(api::close);
    String answer;
    do {
      client.send("{\"action\":\"twoWay\"}");
      answer = client.next();
    } while (answer.equals("finished"));
    assertTrue(answer.contains("Internal server error"), answer);
    assertThrows(CompletionException.class, () -> Client.connect(api.url()));

    mayFinish.countDown();
    assertEquals("finished", client.next());
    assertEquals("1001 Going away", client.closed());
    Client.await(stopped);
  }

  @Test
  void functionThatFinishesMayConnectToPostAndClientsAreRefused() throws Exception {
    CountDownLatch mayFinish = new CountDownLatch(1);
    TestApi api = TestApi.start();
    api.on(
        "MessageFunction",
        event -> {
          if (!event.get("body").asText().contains("slow")) {
            return "{\"statusCode\":200,\"body\":\"quick\"}";
          }
          mayFinish.await();
          String id = event.get("requestContext").get("connectionId").asText();
          // A client of its own, so a connection of its own.
          try (var sdk = api.sdk()) {
            var unused = sdk.postToConnection(r -> r.connectionId(id).data(utf8("posted"))).join();
          }
          return "{\"statusCode\":200,\"body\":\"finished\"}";
        });
    Client client = Client.connect(api.url());
    client.send("{\"action\":\"twoWay\",\"text\":\"slow\"}");
    api.event("MessageFunction");

    CompletableFuture<Void> stopped = CompletableFuture.runAsync(api::close);
    String answer;
    do {
      client.send("{\"action\":\"twoWay\"}");
      answer = client.next();
    } while (answer.equals("quick"));
    assertTrue(answer.contains("Internal server error"), answer);
    assertEquals(503, Client.refusal(api.url()));
    mayFinish.countDown();
    assertEquals("posted", client.next());
    assertEquals("finished", client.next());
    assertEquals("1001 Going away", client.closed());
    Client.await(stopped);
  }

  private static SdkBytes utf8(String text) {
    return SdkBytes.fromUtf8String(text);
  }

  @Test
  void portInUseIsOneSentence() throws Exception {
    try (TestApi first = TestApi.start()) {
      URI url = first.url();
      EmulatorOptions second = SharedStore.chat().withAddress(url.getHost(), url.getPort());
      IOException refused = assertThrows(IOException.class, () -> Emulator.start(second).close());
      assertEquals(
          "cannot listen at 127.0.0.1:%d: the port is in use; choose another --port, 0 for any free one"
              .formatted(url.getPort()),
          refused.getMessage());
    }
  }
}
