package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.tokens.TokenKey;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When API Gateway asks an authorizer, and what its answers do. */
class AuthorizerTest {
  private static final String AUTHORIZER =
      """
        Authorizer:
          Type: AWS::ApiGatewayV2::Authorizer
          Properties:
            AuthorizerType: REQUEST
            AuthorizerUri: !Sub arn:aws:apigateway:x:lambda:path/2015-03-31/functions/${AuthorizerFunction.Arn}/invocations
            IdentitySource: [route.request.querystring.who, route.request.header.User-Agent]
        AuthorizerFunction:
          Type: AWS::Serverless::Function
          Properties:
            Handler: test.Authorizer
            Timeout: 1
      """;

  private static final String STATEMENT =
      "{\"Action\":\"execute-api:Invoke\",\"Effect\":\"%s\",\"Resource\":\"%s\"}";
  private static final String ARN = "arn:aws:execute-api:us-east-1:000000000000:api/dev/$connect";

  private TestApi api;

  @BeforeEach
  void start() throws IOException {
    api = TestApi.start(options -> options.withTemplate(template()));
  }

  /** The API of {@code routes.yaml} with an authorizer, which wants to know {@code who}. */
  static String template() {
    return TestApi.template("routes.yaml")
            .replace(
                "RouteKey: $connect",
                "RouteKey: $connect\n      AuthorizationType: CUSTOM\n"
                    + "      AuthorizerId: !Ref Authorizer")
        + AUTHORIZER;
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?who=", "?other=x"})
  @Shows(AwsChecklist.AUTHORIZER_DECIDES)
  void missingIdentityIs401AndNobodyIsAsked(String query) {
    assertEquals(401, Client.refusal(URI.create(api.url() + query)));
    assertEquals(0, api.emulator().counters().get("aws.invocations"));
  }

  @Test
  @Shows(AwsChecklist.AUTHORIZER_HEADERS)
  void eventHasTheRequestAndWhatIsAskedFor() throws Exception {
    answer(STATEMENT.formatted("Allow", ARN), "");
    Client.connect(asAda());
    JsonNode event = api.event("AuthorizerFunction");
    assertEquals("REQUEST", event.get("type").asText());
    assertEquals(ARN, event.get("methodArn").asText());
    assertEquals("test-client", event.at("/headers/User-Agent").asText());
    assertEquals("ada", event.at("/queryStringParameters/who").asText());
    assertEquals("CONNECT", event.at("/requestContext/eventType").asText());
    assertFalse(event.get("requestContext").has("authorizer"));
    assertFalse(event.has("isBase64Encoded"));
    assertEquals("Upgrade", event.at("/headers/Connection").asText());
    assertEquals("websocket", event.at("/headers/Upgrade").asText());
    assertEquals("127.0.0.1", event.at("/headers/X-Forwarded-For").asText());
    JsonNode connect = api.event("ConnectFunction");
    for (String same : new String[] {"/requestContext/connectionId", "/headers/X-Amzn-Trace-Id"}) {
      assertEquals(event.at(same), connect.at(same), same);
    }
  }

  @Test
  void everyEventSaysWhatTheAuthorizerSaid() throws Exception {
    answer(
        STATEMENT.formatted("Allow", ARN),
        ",\"context\":{\"age\":36,\"admin\":true,\"title\":\"countess\"}");
    Client client = Client.connect(asAda());
    client.send("{\"action\":\"oneWay\"}");
    JsonNode expected =
        new ObjectMapper()
            .readTree(
                "{\"principalId\":\"ada\",\"age\":\"36\",\"admin\":\"true\",\"title\":\"countess\"}");
    for (String function : new String[] {"ConnectFunction", "MessageFunction"}) {
      assertEquals(expected, api.event(function).at("/requestContext/authorizer"), function);
    }
    client.close(1000, "");
    assertEquals(expected, api.event("DisconnectFunction").at("/requestContext/authorizer"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Allow|" + ARN + "|true",
        "Allow|*|true",
        "Allow|arn:aws:execute-api:*:api/d?v/$connect|true",
        "Allow|arn:aws:execute-api:us-east-1:000000000000:api/live/$connect|false",
        "Deny|" + ARN + "|false",
        "Deny|*|false"
      })
  @Shows(AwsChecklist.AUTHORIZER_DECIDES)
  void policyDecides(String effect, String resource, boolean letIn) {
    answer(STATEMENT.formatted(effect, resource), "");
    if (letIn) {
      Client.connect(asAda());
    } else {
      assertEquals(403, Client.refusal(asAda()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'NotAction':'execute-api:Invoke','Resource':'*'|false",
        "'NotAction':'execute-api:ManageConnections','Resource':'*'|true",
        "'Action':'*','NotResource':'arn:aws:execute-api:*/dev/$connect'|false",
        "'Action':'*','NotResource':['arn:aws:execute-api:*/live/*'],'Sid':'x'|true"
      })
  void invertedActionsAndResourcesDecideToo(String scope, boolean letIn) {
    answer("{\"Effect\":\"Allow\"," + scope.replace('\'', '"') + "}", "");
    if (letIn) {
      Client.connect(asAda());
    } else {
      assertEquals(403, Client.refusal(asAda()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"10.0.0.0/8\"}}",
        ",\"Principal\":\"*\"",
        ",\"NotAction\":\"x\"",
        ",\"NotResource\":\"x\""
      })
  void statementThatTheEmulatorCannotDecideIs500(String more) {
    String statement = STATEMENT.formatted("Allow", "*");
    answer(statement.substring(0, statement.length() - 1) + more + "}", "");
    assertEquals(500, Client.refusal(asAda()));
  }

  @Test
  void denialBeatsPermission() {
    answer(STATEMENT.formatted("Allow", "*") + "," + STATEMENT.formatted("Deny", ARN), "");
    assertEquals(403, Client.refusal(asAda()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"principalId\":\"ada\"}",
        "{\"policyDocument\":{\"Statement\":[]}}",
        "{\"principalId\":\"ada\",\"policyDocument\":{\"Statement\":{\"Effect\":\"Maybe\"}}}",
        "{\"principalId\":\"ada\",\"policyDocument\":{\"Statement\":{\"Effect\":\"Allow\"}}}",
        "{\"principalId\":\"ada\",\"policyDocument\":{\"Statement\":[],\"Colour\":1}}",
        "{\"principalId\":\"ada\",\"policyDocument\":{\"Statement\":[]},\"isAuthorized\":true}",
        "{\"principalId\":\"ada\",\"policyDocument\":{},\"context\":{\"a\":[1]}}"
      })
  void answerThatIsNoPolicyIs500(String answer) {
    api.on("AuthorizerFunction", event -> answer);
    assertEquals(500, Client.refusal(asAda()));
  }

  @Test
  @Shows(AwsChecklist.AUTHORIZER_DECIDES)
  void errorIs401IfItSaysUnauthorizedAndElse500() {
    for (Map.Entry<String, Integer> error :
        Map.of("Unauthorized", 401, "unauthorized", 500, "on purpose", 500).entrySet()) {
      api.on(
          "AuthorizerFunction",
          event -> {
            throw new IllegalStateException(error.getKey());
          });
      assertEquals(error.getValue(), Client.refusal(asAda()), error.getKey());
    }
  }

  @Test
  void timeoutIs500AndTheEnvironmentIsReplaced() {
    CountDownLatch never = new CountDownLatch(1);
    api.on(
        "AuthorizerFunction",
        event -> {
          never.await();
          return "";
        });
    assertEquals(500, Client.refusal(asAda()));
    assertEquals(1, api.emulator().counters().get("lambda.abandoned"));
  }

  /** The function may take 1 s, and waits for three before it begins. */
  @Test
  void timeBeginsWhenTheAuthorizerDoes() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (TestApi narrow =
        TestApi.start(
            options ->
                options
                    .withTemplate(template())
                    .withConcurrency(1)
                    .withQuotas(QuotaSet.standard().with(Quota.CONCURRENCY, 1)))) {
      narrow.on("AuthorizerFunction", event -> policy(STATEMENT.formatted("Allow", ARN), ""));
      narrow.on(
          "MessageFunction",
          event -> {
            never.await();
            return "";
          });
      URI asAda = URI.create(narrow.url() + "?who=ada");
      Client.connect(asAda).send("{\"action\":\"oneWay\"}");
      narrow.event("MessageFunction");
      Client.connect(asAda).close(1000, "let in");
      assertEquals(1, narrow.emulator().counters().get("lambda.abandoned"));
    }
  }

  @ParameterizedTest
  @CsvSource({"header, 0", "query, 0", "either, 1"})
  void chatsAuthorizerIsAskedWithoutATokenOnlyIfItMayBeInEither(String source, long asked)
      throws IOException {
    EmulatorOptions options =
        SharedStore.chat()
            .withTokens(TokenKey.random())
            .withParameters(Map.of("TokenSource", source));
    try (Emulator emulator = Emulator.start(options)) {
      assertEquals(401, Client.refusal(emulator.url()));
      assertEquals(asked, emulator.counters().get("aws.invocations"));
    }
  }

  private URI asAda() {
    return URI.create(api.url() + "?who=ada");
  }

  private void answer(String statements, String more) {
    api.on("AuthorizerFunction", event -> policy(statements, more));
  }

  private static String policy(String statements, String more) {
    return "{\"principalId\":\"ada\",\"policyDocument\":{\"Statement\":[%s]}%s}"
        .formatted(statements, more);
  }
}
