package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.ReplyFormat;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers of functions behind Lambda proxies that API Gateway takes, and those that it does not.
 */
@Shows(AwsChecklist.ERROR_FRAMES)
class MalformedAnswerTest {
  private static final int MESSAGE = 128 * 1024;
  private static final List<String> MALFORMED =
      List.of(
          "null",
          "[]",
          "\"text\"",
          "{}",
          "{\"statusCode\":\"x\"}",
          "{\"statusCode\":99}",
          "{\"statusCode\":200.5}",
          "{\"statusCode\":200",
          "{\"statusCode\":200} 5",
          "{\"statusCode\":200,\"cookies\":[]}",
          "{\"statusCode\":200,\"frame\":\"x\"}",
          "{\"statusCode\":200,\"Body\":\"x\"}",
          "{\"statusCode\":200,\"body\":{\"a\":1}}",
          "{\"statusCode\":200,\"body\":[1]}",
          "{\"statusCode\":200,\"body\":5}",
          "{\"statusCode\":200,\"body\":true}",
          "{\"statusCode\":200,\"headers\":[]}",
          "{\"statusCode\":200,\"headers\":{\"a\":[\"b\"]}}",
          "{\"statusCode\":200,\"multiValueHeaders\":{\"a\":\"b\"}}",
          "{\"statusCode\":200,\"multiValueHeaders\":{\"a\":[{}]}}",
          "{\"statusCode\":200,\"isBase64Encoded\":\"true\"}",
          "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"no base 64!\"}",
          "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"/w==\"}");

  private static TestApi api;

  @BeforeAll
  static void start() throws IOException {
    api = TestApi.start();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static Stream<String> malformed() {
    return MALFORMED.stream();
  }

  @ParameterizedTest
  @MethodSource("malformed")
  @Shows(AwsChecklist.ANSWER_FIELDS)
  void malformedAnswerIsAnErrorFrameOnEveryRouteAndTheClientStays(String answer) throws Exception {
    api.on("ConnectFunction", event -> "{\"statusCode\":200}");
    Client client = Client.connect(api.url());
    for (String route : List.of("twoWay", "oneWay")) {
      api.on("MessageFunction", event -> answer);
      client.send("{\"action\":\"%s\"}".formatted(route));
      assertTrue(ReplyFormat.isInternalServerError(client.next()), route);
    }
    api.on("MessageFunction", event -> "{\"statusCode\":200,\"body\":\"well\"}");
    client.send("{\"action\":\"twoWay\"}");
    assertEquals("well", client.next());
    client.close(1000, "");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  @Shows(AwsChecklist.ANSWER_FIELDS)
  void malformedAnswerOfConnectIs502(String answer) {
    api.on("ConnectFunction", event -> answer);
    assertEquals(502, Client.refusal(api.url()));
  }

  private static Stream<String> wellFormed() {
    return Stream.of(
        "{\"statusCode\":200,\"body\":\"well\",\"isBase64Encoded\":false}",
        "{\"statusCode\":\"200\",\"body\":\"well\",\"headers\":null}",
        "{\"body\":\"d2VsbA==\",\"isBase64Encoded\":true,\"statusCode\":200}",
        "{\"statusCode\":500,\"body\":\"well\",\"headers\":{\"a\":1},\"multiValueHeaders\":null}",
        " {\"statusCode\":200,\"body\":\"well\",\"multiValueHeaders\":{\"a\":[\"b\",2]}}\n");
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void fieldsOfAnAnswerMayComeInAnyOrderAndBeNull(String answer) throws Exception {
    api.on("ConnectFunction", event -> "{\"statusCode\":200,\"body\":null}");
    api.on("MessageFunction", event -> answer);
    Client client = Client.connect(api.url());
    client.send("{\"action\":\"twoWay\"}");
    assertEquals("well", client.next());
    client.close(1000, "");
  }

  @Test
  void subprotocolMayBeAmongTheMultiValueHeaders() {
    api.on(
        "ConnectFunction",
        event ->
            "{\"statusCode\":200,\"multiValueHeaders\":{\"sec-websocket-protocol\":[\"chat\"]}}");
    Client client = Client.await(Client.ask(api.url(), "chat"));
    assertEquals("chat", client.socket().getSubprotocol());
    client.close(1000, "");
  }

  @Test
  @Shows(AwsChecklist.RESPONSE_BYTES)
  void routeResponseOfOver128KilobytesIsAnErrorFrameAndTheClientStays() throws Exception {
    api.on("ConnectFunction", event -> "{\"statusCode\":200}");
    Client client = Client.connect(api.url());
    // Two bytes each: the limit is one of bytes.
    api.on(
        "MessageFunction",
        event -> "{\"statusCode\":200,\"body\":\"%sx\"}".formatted("\u00e9".repeat(MESSAGE / 2)));
    client.send("{\"action\":\"oneWay\"}");
    client.send("{\"action\":\"twoWay\"}");
    assertTrue(ReplyFormat.isInternalServerError(client.next()));
    assertEquals(1, api.emulator().counters().get("quota.messageBytes"));

    String longest = "\u00e9".repeat(MESSAGE / 2);
    api.on("MessageFunction", event -> "{\"statusCode\":200,\"body\":\"" + longest + "\"}");
    client.send("{\"action\":\"twoWay\"}");
    StringBuilder whole = new StringBuilder();
    while (whole.length() < longest.length()) {
      whole.append(client.next());
    }
    assertEquals(longest, whole.toString());
    client.close(1000, "");
  }
}
