package dev.fanbench.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of a template: honoured, of no effect, or refused with a sentence; never ignored. */
class SupportedPropertyTest {
  private static final String TEMPLATE =
      """
      Resources:
        Api:
          Type: AWS::ApiGatewayV2::Api
          Properties: {ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
        Stage:
          Type: AWS::ApiGatewayV2::Stage
          Properties: {ApiId: !Ref Api, StageName: dev}
        Route:
          Type: AWS::ApiGatewayV2::Route
          Properties: {ApiId: !Ref Api, RouteKey: $default, Target: !Sub "integrations/${Integration}"}
        RouteResponse:
          Type: AWS::ApiGatewayV2::RouteResponse
          Properties: {ApiId: !Ref Api, RouteId: !Ref Route, RouteResponseKey: $default}
        Integration:
          Type: AWS::ApiGatewayV2::Integration
          Properties: {ApiId: !Ref Api, IntegrationType: MOCK}
        IntegrationResponse:
          Type: AWS::ApiGatewayV2::IntegrationResponse
          Properties: {IntegrationId: !Ref Integration, IntegrationResponseKey: $default}
        Authorizer:
          Type: AWS::ApiGatewayV2::Authorizer
          Properties: {AuthorizerType: REQUEST}
        Function:
          Type: AWS::Serverless::Function
          Properties: {Handler: x.Y}
        Table:
          Type: AWS::DynamoDB::Table
          Properties: {BillingMode: PAY_PER_REQUEST}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Route|ApiKeyRequired: true|Route.ApiKeyRequired is true; the emulator has false only",
        "Route|RequestModels: {$default: M}|Route.RequestModels is not supported; of",
        "Route|RequestParameters: {x: {Required: true}}|Route.RequestParameters is not supported",
        "Route|RouteResponseSelectionExpression: x|is x; the emulator has $default only",
        "Stage|ClientCertificateId: x|Stage.ClientCertificateId is not supported; of",
        "Stage|DefaultRouteSettings: {Colour: 1}|Stage.DefaultRouteSettings.Colour is not supported",
        "Stage|DefaultRouteSettings: {ThrottlingRateLimit: 1}|Stage.DefaultRouteSettings needs both",
        "Stage|RouteSettings: {other: {LoggingLevel: INFO}}|Stage.RouteSettings has other; the routes are $default",
        "Stage|RouteSettings: {$default: {ThrottlingRateLimit: x, ThrottlingBurstLimit: 1}}|must be a number",
        "Integration|RequestTemplates: {a: b}|Integration has RequestTemplates, but no TemplateSelectionExpression",
        "Integration|RequestParameters: {a: b}|RequestParameters is not supported with IntegrationType MOCK",
        "Integration|TlsConfig: {}|Integration.TlsConfig is not supported; of",
        "Integration|ConnectionType: VPC_LINK|is VPC_LINK; the emulator has INTERNET only",
        "IntegrationResponse|ResponseTemplates: {a: b}|has ResponseTemplates, but no TemplateSelectionExpression",
        "IntegrationResponse|ResponseParameters: {a: b}|ResponseParameters is not supported; of",
        "Authorizer|AuthorizerResultTtlInSeconds: 300|is 300; the emulator has 0 only",
        "Authorizer|JwtConfiguration: {}|Authorizer.JwtConfiguration is not supported; of",
        "Function|ImageConfig: {}|Function.ImageConfig is not supported; of",
        "Table|ImportSourceSpecification: {}|Table.ImportSourceSpecification is not supported; of"
      })
  void propertyThatTheEmulatorLacksIsRefusedWithItsPlace(
      String resource, String property, String sentence) {
    refused(sentence, with(resource, property));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Api",
        "Stage",
        "Route",
        "RouteResponse",
        "Integration",
        "IntegrationResponse",
        "Authorizer",
        "Function",
        "Table"
      })
  void noUnknownPropertyOfAnyTypePassesInSilence(String resource) {
    refused(resource + ".Colour is not supported; of AWS::", with(resource, "Colour: blue"));
    String misplaced =
        TEMPLATE.replaceFirst("(?m)^  " + resource + ":\n", "$0    DeletionPolcy: Retain\n");
    refused(resource + ".DeletionPolcy is not supported; a resource has", misplaced);
  }

  @ParameterizedTest
  @CsvSource({
    "AWS::Serverless::WebFunction",
    "AWS::DynamoDB::Backup",
    "AWS::ApiGatewayV2::RoutingRule"
  })
  void typeOfAnEmulatedServiceThatIsNotReadIsRefused(String type) {
    refused(
        "More is of type %s, which the emulator does not have; it has AWS::".formatted(type),
        TEMPLATE + "  More:\n    Type: " + type + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AWS_PROXY|TemplateSelectionExpression: x|not supported with IntegrationType AWS_PROXY",
        "AWS_PROXY|PassthroughBehavior: NEVER|not supported with IntegrationType AWS_PROXY",
        "AWS_PROXY|ContentHandlingStrategy: CONVERT_TO_BINARY|not supported with IntegrationType",
        "AWS|RequestParameters: {a: b}|RequestParameters is not supported with IntegrationType AWS;",
        "HTTP_PROXY|RequestTemplates: {a: b}|not supported with IntegrationType HTTP_PROXY; it takes",
        "HTTP_PROXY|Description: x|Integration has an integration response, which"
      })
  void propertyThatATypeOfIntegrationDoesNotReadIsRefused(
      String type, String property, String sentence) {
    refused(sentence, with("Integration", property).replace("MOCK", type));
  }

  @Test
  void propertiesOfNoEffectAreListed() {
    String template =
        with("Route", "OperationName: x, ApiKeyRequired: false")
                .replace(
                    "Handler: x.Y",
                    "Handler: dev.fanbench.emulator.Emulator, Runtime: java21, CodeUri: .")
            + "  Role:\n    Type: AWS::IAM::Role\n    Properties: {Anything: at all}\n";
    List<String> unread = parse(template).unread();
    for (String expected :
        List.of(
            "ApiGatewayV2::Route.OperationName",
            "Serverless::Function.CodeUri",
            "Serverless::Function.Runtime",
            "IAM::Role")) {
      assertTrue(unread.contains(expected), unread + " lacks " + expected);
    }
    assertFalse(unread.contains("ApiGatewayV2::Route.ApiKeyRequired"), "its value is honoured");
  }

  @Test
  void settingsOfConcurrencyEventsAndUrlsChangeNothing() {
    List<String> names =
        List.of("ProvisionedConcurrencyConfig", "EventInvokeConfig", "FunctionUrlConfig");
    String properties = String.join(": {Anything: 1}, ", names) + ": {Anything: 1}";
    List<String> unread = parse(with("Function", properties)).unread();
    names.forEach(
        name -> assertTrue(unread.contains("Serverless::Function." + name), unread::toString));
  }

  @Test
  void imageIsRefusedOnlyWhereARouteCallsIt() {
    String image = with("Function", "PackageType: Image, ImageUri: x, ImageConfig: {}");
    List<String> unread = parse(image).unread();
    String sentence = "Function.PackageType is Image; the emulator has Zip only";
    assertTrue(
        unread.contains("function Function, which no route calls: " + sentence), unread::toString);
    refused(
        sentence,
        image.replace(
            "IntegrationType: MOCK",
            "IntegrationType: AWS, IntegrationUri: !Sub"
                + " 'arn:aws:apigateway:x:lambda:path/2015-03-31/functions/${Function.Arn}/invocations'"));
  }

  @Test
  void defaultsOfAllFunctionsAreCheckedToo() {
    refused(
        "Globals.Function.Colour is not supported; of AWS::Serverless::Function",
        TEMPLATE + "Globals:\n  Function:\n    Colour: blue\n");
  }

  @Test
  void routeHasItsOwnThrottleOrTheStages() {
    String template =
        with(
                "Stage",
                "RouteSettings: {$default: {ThrottlingRateLimit: 2.5, ThrottlingBurstLimit: 5}},"
                    + " DefaultRouteSettings: {ThrottlingRateLimit: 7, ThrottlingBurstLimit: 8,"
                    + " LoggingLevel: INFO}")
            + """
              Other:
                Type: AWS::ApiGatewayV2::Route
                Properties: {RouteKey: other, Target: !Sub "integrations/${Integration}"}
            """;
    Map<String, EmulatorRoute> routes = parse(template).routes();
    assertEquals(Optional.of(new RouteThrottle(2.5, 5)), routes.get("$default").throttle());
    assertEquals(Optional.of(new RouteThrottle(7, 8)), routes.get("other").throttle());
    assertEquals(Optional.empty(), parse(TEMPLATE).routes().get("$default").throttle());
  }

  @Test
  void tableMayHaveANameOfItsOwn() {
    String template =
        with("Table", "TableName: !Sub \"${AWS::StackName}-rooms\", SSESpecification: {}")
            .replace("Handler: x.Y", "Handler: x.Y, Environment: {Variables: {T: !Ref Table}}");
    Template read = parse(template);
    assertEquals("fanbench-rooms", read.tables().get(0).name());
    assertEquals(
        Map.of("BillingMode", "PAY_PER_REQUEST", "TableName", "fanbench-rooms"),
        read.tables().get(0).creation());
    assertEquals("fanbench-rooms", read.functions().get("Function").variables().get("T"));
    assertEquals("Table", parse(TEMPLATE).tables().get(0).name());
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false"})
  void timeToLiveMayBeDisabled(String enabled, boolean expires) {
    String template =
        with(
            "Table", "TimeToLiveSpecification: {AttributeName: x, Enabled: %s}".formatted(enabled));
    assertEquals(expires, parse(template).tables().get(0).timeToLive().isPresent());
  }

  @Test
  void twoRoutesOfOneKeyAreRefused() {
    refused(
        "Twin.RouteKey is $default, as of another route",
        TEMPLATE
            + """
              Twin:
                Type: AWS::ApiGatewayV2::Route
                Properties: {RouteKey: $default, Target: !Sub "integrations/${Integration}"}
            """);
  }

  /** The template with further properties of one of its resources. */
  private static String with(String resource, String properties) {
    String changed =
        TEMPLATE.replaceFirst(
            "(?m)(^  " + resource + ":\n    Type: .*\n    Properties: \\{)",
            "$1" + properties.replace("$", "\\$") + ", ");
    assertFalse(changed.equals(TEMPLATE), resource);
    return changed;
  }

  private static void refused(String sentence, String template) {
    String message = assertThrows(TemplateException.class, () -> parse(template)).getMessage();
    assertTrue(message.contains(sentence), message);
  }

  private static Template parse(String yaml) {
    return Template.parse(yaml, "us-east-1", Map.of());
  }
}
