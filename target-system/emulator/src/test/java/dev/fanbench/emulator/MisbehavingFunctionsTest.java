package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.ReplyFormat;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Functions that hang, throw and answer garbage, and one beside them that does its work. */
class MisbehavingFunctionsTest {
  private static final int SHORTEST_MILLIS = 50;
  private static final int LONGEST_MILLIS = 29_000;

  private final CountDownLatch never = new CountDownLatch(1);
  private TestApi api;

  @BeforeEach
  void start() throws IOException {
    api =
        TestApi.start(
            options ->
                options
                    .withConcurrency(2)
                    .withTemplate(
                        template(
                            Map.of(
                                "echo", LONGEST_MILLIS,
                                "throw", LONGEST_MILLIS,
                                "garbage", LONGEST_MILLIS,
                                "hang", LONGEST_MILLIS,
                                "hangShortly", SHORTEST_MILLIS))));
    api.on("echoFunction", event -> "{\"statusCode\":200,\"body\":\"echoed\"}")
        .on(
            "throwFunction",
            event -> {
              throw new AssertionError("on purpose, and an Error at that");
            })
        .on("hangFunction", event -> hang())
        .on("hangShortlyFunction", event -> hang());
  }

  private String hang() throws InterruptedException {
    never.await();
    return "";
  }

  @AfterEach
  void stop() {
    never.countDown();
    api.close();
  }

  @Test
  @Shows(AwsChecklist.ERROR_FRAMES)
  void eachHurtsOnlyItsOwnRequest() throws Exception {
    Client client = Client.connect(api.url());
    Client other = Client.connect(api.url());
    send(client, "hang");
    api.event("hangFunction");
    // One of the two places is taken for good: whatever is answered now went through the other.
    for (String garbage : List.of("no JSON", "[]", "{}", "{\"statusCode\":\"x\"}", "")) {
      api.on("garbageFunction", event -> garbage);
      for (String wrong : List.of("throw", "garbage")) {
        send(client, wrong);
        assertTrue(ReplyFormat.isInternalServerError(client.next()), wrong + " " + garbage);
      }
      send(client, "echo");
      assertEquals("echoed", client.next());
      send(other, "echo");
      assertEquals("echoed", other.next());
    }
    Map<String, Long> counters = api.emulator().counters();
    assertEquals(5, counters.get("lambda.failures"));
    assertEquals(10, counters.get("apigateway.ExecutionError"));
    assertEquals(1, counters.get("lambda.inProgress"));
    assertEquals(0, counters.get("lambda.abandoned"));
  }

  @Test
  @Shows(AwsChecklist.ENVIRONMENTS)
  void hungEnvironmentIsAbandonedAtTheTimeoutOfItsFunctionAndReplaced() throws Exception {
    Client client = Client.connect(api.url());
    for (int sent = 1; sent <= 3; sent++) {
      int hung = sent;
      send(client, "hangShortly");
      assertTrue(ReplyFormat.isInternalServerError(client.next()));
      assertEquals(hung, api.emulator().counters().get("quota.integrationMillis"));
      TestApi.await(() -> api.emulator().counters().get("lambda.abandoned") == hung);
    }
    // Three hang in two places, which are free again nevertheless.
    long environments = api.emulator().counters().get("lambda.environments");
    api.on("hangShortlyFunction", event -> "{\"statusCode\":200}");
    send(client, "hangShortly");
    send(client, "echo");
    assertEquals("echoed", client.next());
    assertEquals(environments + 2, api.emulator().counters().get("lambda.environments"));
  }

  @Test
  @Shows(AwsChecklist.ENVIRONMENTS)
  void functionsThatWaitKeepNobodyFromRunning() throws Exception {
    Client client = Client.connect(api.url());
    int hanging = 8;
    for (int i = 0; i < hanging; i++) {
      send(client, "hang");
    }
    for (int i = 0; i < hanging; i++) {
      api.event("hangFunction");
    }
    for (int i = 0; i < 20; i++) {
      send(client, "echo");
      assertEquals("echoed", client.next());
    }
    assertEquals(hanging, api.emulator().counters().get("lambda.inProgress"));
  }

  private static void send(Client client, String action) {
    client.send("{\"action\":\"" + action + "\"}");
  }

  /** An API whose routes have two-way functions of the same name, and these timeouts. */
  private static String template(Map<String, Integer> timeoutMillis) {
    StringBuilder template =
        new StringBuilder(
            """
            Resources:
              Api:
                Type: AWS::ApiGatewayV2::Api
                Properties:
                  ProtocolType: WEBSOCKET
                  RouteSelectionExpression: ${request.body.action}
              Stage:
                Type: AWS::ApiGatewayV2::Stage
                Properties: {ApiId: !Ref Api, StageName: dev}
            """);
    timeoutMillis.forEach(
        (name, millis) ->
            template.append(
                """
                  @Route:
                    Type: AWS::ApiGatewayV2::Route
                    Properties: {ApiId: !Ref Api, RouteKey: @, Target: !Sub "integrations/${@}"}
                  @Response:
                    Type: AWS::ApiGatewayV2::RouteResponse
                    Properties: {ApiId: !Ref Api, RouteId: !Ref @Route, RouteResponseKey: $default}
                  @:
                    Type: AWS::ApiGatewayV2::Integration
                    Properties:
                      ApiId: !Ref Api
                      IntegrationType: AWS_PROXY
                      TimeoutInMillis: %d
                      IntegrationUri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${@Function.Arn}/invocations"
                  @Function:
                    Type: AWS::Serverless::Function
                    Properties: {Handler: test.@, Timeout: %d}
                """
                    .formatted(millis, millis == SHORTEST_MILLIS ? 1 : 60)
                    .replace("@", name)));
    return template.toString();
  }
}
