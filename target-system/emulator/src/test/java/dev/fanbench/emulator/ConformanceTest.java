package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanbench.protocol.conformance.Autobahn;
import dev.fanbench.protocol.conformance.Autobahn.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Autobahn suite against the front door, before a function that echoes. */
class ConformanceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A function's empty answer is no message to the client. */
  private static final List<String> EMPTY = List.of("1.1.1", "6.1.1", "6.1.2");

  /** A frame of 65,535 bytes or more; API Gateway takes 32 KB. */
  private static final List<String> LONG = List.of("1.1.6", "1.1.7", "1.1.8");

  /** Binary messages, which API Gateway refuses. */
  private static final List<String> BINARY = List.of("1.2.*");

  @Test
  void framesAndClosesAreAsTheStandardHasThem() throws Exception {
    assertConforms("emulator", 90, List.of("1.*", "2.*", "3.*", "4.*", "5.*", "7.*", "10.*"));
  }

  @Test
  @Tag("soak")
  void soIsUtf8() throws Exception {
    assertConforms("emulator-utf8", 143, List.of("6.*"));
  }

  private static void assertConforms(String name, int cases, List<String> sections)
      throws Exception {
    String echo = TestApi.template("routes.yaml").replace("RouteKey: twoWay", "RouteKey: $default");
    List<String> without = Stream.of(EMPTY, LONG, BINARY).flatMap(List::stream).toList();
    try (TestApi api = TestApi.start(options -> options.withTemplate(echo))) {
      api.on("MessageFunction", ConformanceTest::echo);
      List<Verdict> verdicts = Autobahn.run(name, api.url(), sections, without);
      assertEquals(List.of(), verdicts.stream().filter(verdict -> !verdict.holds()).toList());
      assertEquals(cases, verdicts.size());
    }
  }

  private static String echo(JsonNode event) throws Exception {
    return JSON.writeValueAsString(Map.of("statusCode", 200, "body", event.get("body").asText()));
  }
}
