package dev.fanbench.functions.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {

  @Test
  void messageIsReadWhateverStandsAroundIt() throws IOException {
    assertEquals(
        new WebSocketEvent("c=", "r=", Optional.of("ada"), 5, "MESSAGE", "h\u00e9 \"x\""),
        read(
            """
            {"headers":{"body":"no"},"body":"h\\u00e9 \\"x\\"","requestContext":{
              "identity":{"sourceIp":"127.0.0.1","connectionId":"no"},"connectedAt":5,"eventType":"MESSAGE",
              "connectionId":"c=","requestId":"r=","authorizer":{"a":[1,{"b":2}],"principalId":"ada"}},
              "isBase64Encoded":false,"stageVariables":null}
            """));
  }

  @Test
  void eventWithoutBodyHasAnEmptyOne() throws IOException {
    assertEquals(
        new WebSocketEvent("c=", "", Optional.empty(), 0, "", ""),
        read("{\"requestContext\":{\"connectionId\":\"c=\"},\"body\":null}"));
  }

  @Test
  void base64IsDecoded() throws IOException {
    assertEquals(
        "h\u00e9",
        read("{\"requestContext\":{\"connectionId\":\"c=\"},\"body\":\"aMOp\","
                + "\"isBase64Encoded\":true}")
            .body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"requestContext\":{}}", "{\"body\":\"x\"}"})
  void whatIsNoEventIsRefused(String json) {
    assertThrows(IOException.class, () -> read(json));
  }

  @Test
  void authorIsTheUserOrElseTheConnection() throws IOException {
    assertEquals("c=", read("{\"requestContext\":{\"connectionId\":\"c=\"}}").author());
    assertEquals(
        "ada",
        read("{\"requestContext\":{\"connectionId\":\"c=\",\"authorizer\":{\"principalId\":\"ada\"}}}")
            .author());
  }

  @Test
  void answerHasABodyOnlyIfThereIsOne() throws IOException {
    assertEquals("{\"statusCode\":200}", written(ProxyAnswer.ok(Optional.empty())));
    assertEquals(
        "{\"statusCode\":200,\"body\":\"\\\"h\u00e9\\\"\"}",
        written(ProxyAnswer.ok(Optional.of("\"h\u00e9\""))));
  }

  private static WebSocketEvent read(String json) throws IOException {
    return WebSocketEvent.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
  }

  private static String written(ProxyAnswer answer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    answer.write(out);
    return out.toString(UTF_8);
  }
}
