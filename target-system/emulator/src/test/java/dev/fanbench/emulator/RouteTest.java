package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where messages go, and what comes back. */
class RouteTest {
  private TestApi api;
  private Client client;
  private String id;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    api = TestApi.start();
    api.on("MessageFunction", event -> "{\"statusCode\":200,\"body\":\"for the sender\"}");
    client = Client.connect(api.url());
    id = api.event("ConnectFunction").at("/requestContext/connectionId").asText();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  @Shows(AwsChecklist.ROUTE_RESPONSES)
  void onlyATwoWayRouteBringsTheBodyBack() throws Exception {
    client.send("{\"action\":\"oneWay\"}");
    api.event("MessageFunction");
    client.send("{\"action\":\"twoWay\"}");
    assertEquals("for the sender", client.next());
  }

  @Test
  void base64BodyIsDecoded() throws Exception {
    api.on(
        "MessageFunction",
        event -> "{\"statusCode\":200,\"body\":\"aMOp\",\"isBase64Encoded\":true}");
    client.send("{\"action\":\"twoWay\"}");
    assertEquals("h\u00e9", client.next());
  }

  @Test
  @Shows(AwsChecklist.ERROR_FRAMES)
  void messageThatNoRouteTakesIsForbiddenAndTheSocketStays() throws Exception {
    for (String message : new String[] {"{\"action\":\"dance\"}", "no JSON", "{\"action\":"}) {
      client.send(message);
      assertEquals("Forbidden", error(client.next()));
    }
    client.send("{\"action\":\"twoWay\"}");
    assertEquals("for the sender", client.next());
  }

  private String error(String frame) throws IOException {
    JsonNode error = new com.fasterxml.jackson.databind.ObjectMapper().readTree(frame);
    assertEquals(id, error.get("connectionId").asText());
    assertTrue(error.get("requestId").asText().matches("[\\w-]{15}="), frame);
    return error.get("message").asText();
  }
}
