package dev.fanbench.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ControlEndpointTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void answersNumbersSortedByName() throws Exception {
    Supplier<Map<String, ? extends Number>> counters =
        () -> Map.of("drops.slow", 2L, "aws.gbMillis", 1.5);
    try (ControlEndpoint endpoint = ControlEndpoint.start(counters, FaultInjector.none())) {
      HttpResponse<String> answer = send(endpoint, "GET", "/counters", "");
      assertEquals(200, answer.statusCode());
      assertEquals("{\"aws.gbMillis\":1.5,\"drops.slow\":2}", answer.body());
    }
  }

  @Test
  void handsFaultsOnAndSaysWhatIsAllowed() throws Exception {
    List<String> injected = new ArrayList<>();
    FaultInjector faults =
        fault -> {
          if (!fault.names().equals(Set.of("stallMillis"))) {
            throw new IllegalArgumentException("unknown fault; allowed: stallMillis");
          }
          injected.add(fault.value("stallMillis").orElseThrow());
        };
    try (ControlEndpoint endpoint = ControlEndpoint.start(Map::of, faults)) {
      assertEquals(204, send(endpoint, "POST", "/fault", "{\"stallMillis\":150}").statusCode());
      assertEquals(List.of("150"), injected);

      HttpResponse<String> refused = send(endpoint, "POST", "/fault", "{\"burn\":1}");
      assertEquals(400, refused.statusCode());
      assertEquals("{\"message\":\"unknown fault; allowed: stallMillis\"}", refused.body());
      assertEquals(400, send(endpoint, "POST", "/fault", "burn").statusCode());
    }
  }

  @Test
  void collectsGarbageOnRequest() throws Exception {
    try (ControlEndpoint endpoint = ControlEndpoint.start(Map::of, FaultInjector.none())) {
      assertEquals(204, send(endpoint, "POST", "/gc", "").statusCode());
      assertEquals(404, send(endpoint, "GET", "/gc", "").statusCode());
    }
  }

  @Test
  void knowsNoOtherPath() throws Exception {
    try (ControlEndpoint endpoint = ControlEndpoint.start(Map::of, FaultInjector.none())) {
      assertEquals(404, send(endpoint, "GET", "/", "").statusCode());
      assertEquals(404, send(endpoint, "GET", "/fault", "").statusCode());
      assertEquals(400, send(endpoint, "POST", "/fault", "{\"x\":1}").statusCode());
    }
  }

  @Test
  void figuresOfThisProcessAreThere() {
    Map<String, Long> figures = new JvmUsage().read();
    assertEquals(5, figures.size());
    assertTrue(figures.get(TargetCounter.HEAP_USED.key()) > 0);
    assertTrue(
        figures.get(TargetCounter.HEAP_COMMITTED.key())
            >= figures.get(TargetCounter.HEAP_USED.key()));
  }

  private HttpResponse<String> send(
      ControlEndpoint endpoint, String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(endpoint.uri().resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(10))
            .build(),
        BodyHandlers.ofString());
  }
}
