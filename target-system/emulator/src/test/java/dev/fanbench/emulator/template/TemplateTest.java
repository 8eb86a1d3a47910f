package dev.fanbench.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The template that is deployed, and what is said about broken ones. */
class TemplateTest {
  private final Template template = parse(Template.builtIn());

  @Test
  void routesLeadToFunctionsThatAreThere() throws Exception {
    assertEquals(Set.of("$connect", "$disconnect", "$default"), template.routes().keySet());
    assertEquals(
        new EmulatorRoute(
            "$default",
            new Integration.LambdaProxy("DefaultFunction", Duration.ofSeconds(29)),
            true,
            Optional.empty()),
        template.routes().get("$default"));
    assertFalse(template.routes().get("$connect").twoWay());
    for (EmulatorRoute route : template.routes().values()) {
      Integration.LambdaProxy integration = (Integration.LambdaProxy) route.integration();
      FunctionDefinition function = template.functions().get(integration.function());
      assertNotNull(Class.forName(function.handler()).getDeclaredConstructor());
      assertEquals(Duration.ofSeconds(29), function.timeout());
      assertEquals(1_024, function.memoryMegabytes());
    }
    assertEquals("$request.body.action", template.routeSelection());
    assertEquals("dev", template.stage());
  }

  @Test
  void functionsFindTheTableAndTheApi() {
    Map<String, String> variables = template.functions().get("ConnectFunction").variables();
    assertEquals("ChatTable", variables.get("FANBENCH_TABLE"));
    assertEquals("1", variables.get("FANBENCH_ROOM_SHARDS"));
    assertEquals(
        "https://ChatApi.execute-api.us-east-1.amazonaws.com/dev",
        variables.get("AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI"));
  }

  @Test
  void tableIsWhatTheApiCreates() {
    TableDefinition table = template.tables().get(0);
    assertEquals(Optional.of("expires"), table.timeToLive());
    assertEquals(
        Set.of("TableName", "BillingMode", "AttributeDefinitions", "KeySchema"),
        table.creation().keySet());
  }

  @Test
  void everyReferenceResolvesWithEitherStore() {
    Template inTable = Template.parse(Template.builtIn(), "us-east-1", Map.of("Store", "dynamodb"));
    Template inRedis = Template.parse(Template.builtIn(), "us-east-1", Map.of("Store", "redis"));
    assertEquals(template, inTable);
    assertFalse(inTable.usesRedis());
    assertTrue(inRedis.usesRedis());
    assertEquals(1, inTable.tables().size());
    assertEquals(0, inRedis.tables().size());
    Map<String, String> variables = inRedis.functions().get("DefaultFunction").variables();
    assertFalse(variables.containsKey("FANBENCH_TABLE"));
    assertEquals(
        "rediss://ChatCache.PrimaryEndPoint.Address:ChatCache.PrimaryEndPoint.Port",
        variables.get("FANBENCH_REDIS"));
    assertRefused(
        "--parameter Store=mongo is not allowed; Store takes dynamodb, redis",
        () -> Template.parse(Template.builtIn(), "us-east-1", Map.of("Store", "mongo")));
  }

  @Test
  void whatTheNetworkRefersToIsThereOnlyWithRedis() {
    String withoutVpc = Template.builtIn().replace("  Vpc:\n", "  Cpv:\n");
    parse(withoutVpc);
    assertRefused(
        "refers to Vpc, which the template lacks",
        () -> Template.parse(withoutVpc, "us-east-1", Map.of("Store", "redis")));
  }

  @Test
  void resourcesDependOnResourcesThatAreDeclared() {
    Map<String, Object> resources =
        TemplateNode.mapIn(TemplateYaml.parse(Template.builtIn()), "Resources", "the template");
    resources.forEach(
        (name, resource) -> {
          Object on = TemplateNode.map(resource, name).getOrDefault("DependsOn", List.of());
          (on instanceof List<?> several ? several : List.of(on))
              .forEach(each -> assertTrue(resources.containsKey(each), name + " needs " + each));
        });
  }

  @Test
  void outputsAreAddresses() {
    assertEquals(
        Map.of(
            "WebSocketUrl", "wss://ChatApi.execute-api.us-east-1.amazonaws.com/dev",
            "ConnectionsEndpoint",
                "https://ChatApi.execute-api.us-east-1.amazonaws.com/dev/@connections"),
        template.outputs());
  }

  @Test
  void parametersMayBeGiven() {
    assertEquals(
        "live",
        Template.parse(Template.builtIn(), "us-east-1", Map.of("StageName", "live")).stage());
    assertRefused(
        "has no parameter Nonsense",
        () -> Template.parse(Template.builtIn(), "us-east-1", Map.of("Nonsense", "1")));
  }

  @ParameterizedTest
  @CsvSource({
    "lambda-proxy, LambdaProxy",
    "lambda, Lambda",
    "http-proxy, HttpProxy",
    "http, Http",
    "mock, Mock"
  })
  void oneParameterChoosesTheStyleOfAllRoutes(String style, String type) {
    Template chosen =
        Template.parse(
            Template.builtIn(),
            "us-east-1",
            Map.of("Integration", style, "HttpSecretName", "http"),
            LocalSecretStore.none().with("http", "s"));
    for (EmulatorRoute route : chosen.routes().values()) {
      assertEquals(type, route.integration().getClass().getSimpleName());
    }
    assertEquals(style.startsWith("http"), chosen.callsHttp());
    assertTrue(chosen.routes().get("$default").twoWay());
  }

  @Test
  void secretsAreNamedAndResolvedAtDeployment() {
    assertFalse(Template.builtIn().contains("NoEcho"));
    Map<String, String> jwt = Map.of("Authorizer", "jwt", "JwtSecretName", "chat/jwt");
    LocalSecretStore secrets = LocalSecretStore.none().with("chat/jwt", "s3cret");
    Template guarded = Template.parse(Template.builtIn(), "us-east-1", jwt, secrets);
    Map<String, String> variables = guarded.functions().get("AuthorizerFunction").variables();
    assertEquals("s3cret", variables.get("FANBENCH_JWT_SECRET"));
    assertEquals("required", variables.get("FANBENCH_TOKEN_EXPIRY"));
  }

  @ParameterizedTest
  @CsvSource({
    "Authorizer, jwt, Authorizer=jwt needs JwtSecretName",
    "Integration, http, http need HttpSecretName",
    "Integration, http-proxy, http need HttpSecretName"
  })
  void choiceThatNeedsASecretIsRefusedWithoutOne(String name, String value, String sentence) {
    assertRefused(
        sentence, () -> Template.parse(Template.builtIn(), "us-east-1", Map.of(name, value)));
  }

  @Test
  void brokenTemplatesAreRefusedWithASentence() {
    refused("refers to NoTable, which the template lacks", "!Ref ChatTable", "!Ref NoTable");
    refused("refers to Lost, which", "${ConnectFunction.Arn}/inv", "${Lost.Arn}/inv");
    refused("names no function", "${ConnectFunction.Arn}/inv", "${ChatTable.Arn}/inv");
    refused(
        "names no integration",
        "integrations/${ConnectIntegration}",
        "integrations/${DisconnectRoute}");
    refused("but the emulator has AWS_PROXY", "AWS_PROXY", "GRPC");
    refused("Fn::FindInMap finds nothing", "[Styles, !Ref Integration, Type]", "[Styles, x, Type]");
    refused(
        "TimeoutInMillis is 30000; allowed: 50 to 29000",
        "TimeoutInMillis: 29000",
        "TimeoutInMillis: 30000");
    refused("there must be one AWS::ApiGatewayV2::Stage", "ApiGatewayV2::Stage", "EC2::X");
    refused("is no YAML", "Transform:", "- Transform:");
    refused("does not know Fn::ImportValue", "!Ref ChatTable", "!ImportValue ChatTable");
  }

  private static void refused(String expected, String old, String replacement) {
    String broken = Template.builtIn().replace(old, replacement);
    assertFalse(broken.equals(Template.builtIn()), old);
    assertRefused(expected, () -> parse(broken));
  }

  private static void assertRefused(
      String expected, org.junit.jupiter.api.function.Executable parsing) {
    String message = assertThrows(TemplateException.class, parsing).getMessage();
    assertTrue(message.contains(expected), message);
  }

  private static Template parse(String yaml) {
    return Template.parse(yaml, "us-east-1", Map.of());
  }
}
