package dev.fanbench.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One API in a static field serves all tests of a class and of the classes inside. */
class SharedApiTest {
  private static final Set<URI> SEEN = new HashSet<>();

  @RegisterExtension
  static final WebSocketApi API =
      WebSocketApi.of(WebSocketApiTest.TEMPLATE)
          .handler(
              "Message",
              (RequestHandler<Map<String, Object>, Map<String, Object>>)
                  (event, context) -> EchoFunction.ok(event))
          .build();

  @Test
  void first() {
    use();
  }

  @Test
  void second() {
    use();
  }

  @Nested
  class Inside {
    @Test
    void third() {
      use();
    }
  }

  private static void use() {
    SEEN.add(API.url());
    try (ApiClient client = API.connect()) {
      client.send("{\"action\":\"tell\"}");
      assertEquals("{\"action\":\"tell\"}", client.next());
    }
  }

  @AfterAll
  static void allHadTheSame() {
    assertEquals(1, SEEN.size());
  }
}
