package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.emulator.gateway.PostAnswer;
import dev.fanbench.junit.ApiClient;
import dev.fanbench.junit.ApiPost;
import dev.fanbench.junit.WebSocketApi;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MessageFunctionTest {
  @RegisterExtension final WebSocketApi api = WebSocketApi.of("template.yaml").build();

  @Test
  void textReachesTheOtherConnection() {
    try (ApiClient ann = api.connect();
        ApiClient bob = api.connect()) {
      String bobsId = api.awaitConnections(2).get(1);
      ann.send(tell(bobsId, "hello"));
      assertEquals("hello", bob.next());
      assertEquals("told", ann.next());
      assertEquals(List.of(new ApiPost(bobsId, "hello")), api.posts());
    }
  }

  @Test
  void connectionThatIsGoneIsReported() {
    try (ApiClient ann = api.connect();
        ApiClient bob = api.connect()) {
      String bobsId = api.awaitConnections(2).get(1);
      bob.close();
      api.awaitConnections(1);
      ann.send(tell(bobsId, "hello"));
      assertEquals("gone", ann.next());
    }
  }

  @Test
  void throttledPostIsTriedAgain() {
    try (ApiClient ann = api.connect()) {
      String id = api.awaitConnections(1).get(0);
      api.answerPosts(id, PostAnswer.LIMIT_EXCEEDED, 2);
      ann.send(tell(id, "hello"));
      assertEquals("hello", ann.next());
      assertEquals("told", ann.next());
    }
  }

  @Test
  void idleConnectionIsClosedAfterTenMinutes() {
    try (ApiClient ann = api.connect()) {
      api.awaitConnections(1);
      api.pass(Duration.ofMinutes(10));
      assertEquals("1001 Going away", ann.closed());
    }
  }

  private static String tell(String connectionId, String text) {
    return "{\"action\":\"tell\",\"to\":\"%s\",\"text\":\"%s\"}".formatted(connectionId, text);
  }
}
