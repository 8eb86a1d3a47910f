package dev.fanbench.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fanbench.emulator.gateway.PostAnswer;
import dev.fanbench.emulator.quota.Quota;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The library with the template of its example. */
@Timeout(60)
class WebSocketApiTest {
  static final Path TEMPLATE = Path.of("../../docs/examples/junit/template.yaml");
  private static final String TELL = "{\"action\":\"tell\"}";

  @RegisterExtension
  final WebSocketApi api =
      WebSocketApi.of(TEMPLATE).handlerFrom("Message", EchoFunction::new).build();

  @Test
  void postIsListedWithItsConnection() {
    try (ApiClient client = api.connect()) {
      String id = api.awaitConnections(1).get(0);
      client.send(TELL);
      assertEquals(List.of(new ApiPost(id, TELL)), api.awaitPosts(1));
      assertEquals(Set.of(TELL, "posted"), nextTwo(client));
      assertEquals(1, api.counters().get("deliveries.sent"));
      api.clearPosts();
      assertEquals(List.of(), api.posts());
    }
    api.awaitConnections(0);
  }

  @Test
  void postsAreAnsweredAsTheTestSays() {
    try (ApiClient client = api.connect()) {
      String id = api.awaitConnections(1).get(0);
      api.answerPosts(id, PostAnswer.GONE, 1);
      client.send(TELL);
      assertEquals("410", client.next());
      api.answerPosts(id, PostAnswer.LIMIT_EXCEEDED);
      for (int i = 0; i < 3; i++) {
        client.send(TELL);
        assertEquals("429", client.next());
      }
      assertEquals(List.of(), api.posts());
      api.answerPosts(id, PostAnswer.DELIVERED);
      client.send(TELL);
      assertEquals(1, api.awaitPosts(1).size());
    }
  }

  @Test
  void tenMinutesAndTwoHoursPassAtOnce() {
    try (ApiClient client = api.connect()) {
      for (int minutes = 0; minutes < 115; minutes += 5) {
        api.pass(Duration.ofMinutes(5));
        client.send(TELL);
        // A post is signed by the system's clock, however much time has passed.
        assertEquals(Set.of(TELL, "posted"), nextTwo(client));
      }
      api.pass(Duration.ofMinutes(5));
      assertEquals("1001 Going away", client.closed());
      assertEquals(1, api.counters().get("quota.ageSeconds"));
    }
    try (ApiClient idle = api.connect()) {
      api.awaitConnections(1);
      api.pass(Duration.ofMinutes(10));
      assertEquals("1001 Going away", idle.closed());
      assertEquals(1, api.counters().get("quota.idleSeconds"));
    }
  }

  @Test
  void connectionsAreDroppedAndBroken() {
    try (ApiClient told = api.connect()) {
      api.awaitConnections(1);
      api.dropConnections();
      assertEquals("1001 Going away", told.closed());
    }
    api.awaitConnections(0);
    try (ApiClient broken = api.connect()) {
      api.awaitConnections(1);
      api.breakConnections();
      api.awaitConnections(0);
      assertTrue(broken.closed().startsWith("1006"));
    }
  }

  @Test
  void closeIsKnownAfterItWasAwaitedInVain() {
    try (ApiClient client = api.connect()) {
      api.awaitConnections(1);
      assertThrows(CompletionException.class, () -> client.closed(Duration.ofMillis(1)));
      api.dropConnections();
      assertEquals("1001 Going away", client.closed());
    }
  }

  @Test
  void halfOfTheDisconnectsIsLost() {
    api.loseDisconnects(0.5);
    for (int i = 0; i < 40; i++) {
      api.connect().close();
      assertEquals(List.of(), api.connections());
    }
    assertEquals(20, api.counters().get("faults.disconnectsLost"));
  }

  @Test
  void apiStartsInOneLine() {
    try (WebSocketApi other = WebSocketApi.start(TEMPLATE)) {
      assertNotEquals(api.url(), other.url());
      assertEquals(other.endpoint() + "/@connections", other.connectionsUrl().toString());
    }
  }

  @Test
  void handlersMayBeOfEitherKind() {
    RequestHandler<Map<String, Object>, Map<String, Object>> objects =
        (event, context) -> EchoFunction.ok(event);
    RequestStreamHandler streams =
        (in, out, context) ->
            out.write("{\"statusCode\":200,\"body\":\"raw\"}".getBytes(StandardCharsets.UTF_8));
    assertEquals(TELL, answer(WebSocketApi.of(TEMPLATE).handler("Message", objects)));
    assertEquals("raw", answer(WebSocketApi.of(TEMPLATE).handler("Message", streams)));
    assertEquals("class", answer(WebSocketApi.of(TEMPLATE).handler("Message", ByClass.class)));
  }

  /** A handler that is given as a class. */
  public static final class ByClass implements RequestHandler<Object, Map<String, Object>> {
    @Override
    public Map<String, Object> handleRequest(
        Object event, com.amazonaws.services.lambda.runtime.Context context) {
      return Map.of("statusCode", 200, "body", "class");
    }
  }

  @Test
  void environmentAndQuotasAreSet() {
    WebSocketApiBuilder settings =
        WebSocketApi.of(TEMPLATE)
            .handlerFrom("Message", EchoFunction::new)
            .environment("PREFIX", "> ")
            .quota(Quota.CONNECTS_PER_SECOND, 1)
            .quota(Quota.CONNECT_BURST, 1)
            .clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    try (WebSocketApi other = settings.start();
        ApiClient client = other.connect()) {
      assertEquals(
          429, assertThrows(ConnectRefusedException.class, () -> other.connect()).status());
      client.send(TELL);
      assertEquals("> " + TELL, other.awaitPosts(1).get(0).text());
      other.pass(Duration.ofSeconds(1));
      other.connect().close();
    }
  }

  @Test
  void lateHandshakeMissesItsFirstPost() throws Exception {
    BlockingQueue<String> connecting = new LinkedBlockingQueue<>();
    RequestHandler<EchoFunction.Event, Map<String, Object>> handler =
        new RequestHandler<>() {
          @Override
          public Map<String, Object> handleRequest(
              EchoFunction.Event event, com.amazonaws.services.lambda.runtime.Context context) {
            connecting.add(event.requestContext().connectionId());
            return Map.of("statusCode", 200);
          }
        };
    try (WebSocketApi other = WebSocketApi.of(TEMPLATE).handler("Message", handler).start()) {
      other.connectRace(Duration.ofMillis(500));
      CompletableFuture<ApiClient> late = CompletableFuture.supplyAsync(other::connect);
      String id = connecting.take();
      assertEquals(List.of(), other.connections());
      assertEquals(List.of(id), other.awaitConnections(1));
      late.get().close();
    }
  }

  @Test
  void tablesOfTheTemplateAreThere(@TempDir Path folder) throws Exception {
    String table =
        """
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: members
              BillingMode: PAY_PER_REQUEST
              AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
              KeySchema: [{AttributeName: id, KeyType: HASH}]
        """;
    Path template =
        Files.writeString(
            folder.resolve("template.yaml"),
            Files.readString(TEMPLATE).stripTrailing() + "\n" + table);
    WebSocketApiBuilder settings =
        WebSocketApi.of(template)
            .handlerFrom(
                "Message",
                environment -> {
                  String tables = EchoFunction.tables(environment.store());
                  return (RequestHandler<Object, Object>)
                      (event, context) -> Map.of("statusCode", 200, "body", tables);
                });
    assertEquals("[members]", answer(settings));
  }

  @Test
  void apisAtTheSameTimeAreIndependent() {
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int number = i;
      all.add(CompletableFuture.supplyAsync(() -> postsOfOneApi(number)));
    }
    all.forEach(each -> assertEquals(20, each.join()));
  }

  private static int postsOfOneApi(int number) {
    try (WebSocketApi own =
            WebSocketApi.of(TEMPLATE)
                .handlerFrom("Message", EchoFunction::new)
                .environment("PREFIX", number + " ")
                .start();
        ApiClient client = own.connect()) {
      for (int i = 0; i < 20; i++) {
        client.send(TELL);
        assertEquals(Set.of(number + " " + TELL, "posted"), nextTwo(client));
      }
      Set<String> seen = new HashSet<>(own.connections());
      assertTrue(own.posts().stream().allMatch(post -> seen.contains(post.connectionId())));
      return own.posts().size();
    }
  }

  @Test
  void mistakesAreNamed() {
    assertMessage(
        IllegalArgumentException.class,
        "function Massage is not allowed; the template has Message",
        WebSocketApi.of(TEMPLATE).handler("Massage", ByClass.class));
    assertMessage(
        IllegalArgumentException.class,
        "function Chat takes no handler; its Runtime is provided.al2023",
        WebSocketApi.of("../chats/bash/template.yaml").handler("Chat", ByClass.class));
    WebSocketApi missing = WebSocketApi.of("no.yaml").build();
    assertThrows(UncheckedIOException.class, missing::begin);
    assertTrue(
        assertThrows(IllegalStateException.class, missing::url)
            .getMessage()
            .contains("not started"));
  }

  private static void assertMessage(
      Class<? extends Exception> type, String message, WebSocketApiBuilder settings) {
    assertEquals(message, assertThrows(type, settings::start).getMessage());
  }

  /** The post and the answer, of which either may be first. */
  private static Set<String> nextTwo(ApiClient client) {
    Set<String> both = new HashSet<>();
    both.add(client.next());
    both.add(client.next());
    return both;
  }

  private static String answer(WebSocketApiBuilder settings) {
    try (WebSocketApi other = settings.start();
        ApiClient client = other.connect()) {
      client.send(TELL);
      return client.next();
    }
  }
}
