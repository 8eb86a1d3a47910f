package dev.fanbench.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates of the shapes that CDK, the Serverless Framework and SAM write. */
class ForeignTemplateTest {
  static final String SAM =
      """
      Globals:
        WebSocketApi: {StageVariables: {colour: blue}, Description: all}
      Resources:
        Chat:
          Type: AWS::Serverless::WebSocketApi
          Properties:
            RouteSelectionExpression: $request.body.action
            StageName: live
            Auth: {AuthType: CUSTOM, AuthArn: !GetAtt Guard.Arn, IdentitySource: [route.request.header.Auth]}
            Routes:
              $connect: {FunctionArn: !GetAtt Talk.Arn}
              send-it: {FunctionArn: !Ref Talk.Alias, IntegrationTimeout: 5000}
        Reply:
          Type: AWS::ApiGatewayV2::RouteResponse
          Properties: {ApiId: !Ref Chat, RouteId: !Ref ChatsenditRoute, RouteResponseKey: $default}
        Talk:
          Type: AWS::Serverless::Function
          Properties:
            Runtime: python3.12
            Handler: app.handler
            AutoPublishAlias: live
            Events: {Night: {Type: Schedule}}
            Environment: {Variables: {STAGE: !Ref Chat.Stage, TABLE: !Ref Rooms, ARN: !GetAtt Rooms.Arn}}
        Guard:
          Type: AWS::Serverless::Function
          Properties: {Runtime: nodejs22.x, Handler: index.handler, InlineCode: "exports.handler = 1"}
        Rooms: {Type: AWS::Serverless::SimpleTable}
        Members:
          Type: AWS::Serverless::SimpleTable
          Properties: {TableName: members, PrimaryKey: {Name: room, Type: Number}}
      """;

  private static final String TWO =
      """
      Resources:
        First: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: WEBSOCKET, RouteSelectionExpression: a}}
        FirstStage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref First, StageName: one}}
        FirstRoute: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref First, RouteKey: $default, Target: !Sub "integrations/${FirstMock}"}}
        FirstMock: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref First, IntegrationType: MOCK}}
        Second: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: WEBSOCKET, RouteSelectionExpression: b}}
        SecondStage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Second, StageName: two}}
        Web: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP, CorsConfiguration: {}}}
        WebStage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Web, StageName: $default, Unheard: 1}}
      """;

  @Test
  void cdkTemplateIsServedWithItsAssets() {
    Template template = parse(file("cdk.template.json"));
    assertEquals("prod", template.stage());
    FunctionDefinition connect = template.functions().get("ConnectHandler2FFD52D8");
    assertEquals("asset.0a1b", connect.code().folder());
    assertEquals(List.of("asset.layer.zip"), connect.code().layers());
    assertEquals(FunctionLanguage.NODE, connect.code().language());
    assertEquals("TableCD117FA1", connect.variables().get("TABLE"));
    assertEquals(
        "arn:aws:dynamodb:us-east-1:000000000000:table/TableCD117FA1",
        connect.variables().get("ARN"));
    assertEquals(
        Map.of("TableName", "TableCD117FA1", "BillingMode", "PAY_PER_REQUEST"),
        withoutKeys(template.tables().get(0).creation()));
    assertEquals(
        new Integration.LambdaProxy("ConnectHandler2FFD52D8", Duration.ofSeconds(29)),
        template.routes().get("$connect").integration());
    assertTrue(template.unread().contains("DynamoDB::GlobalTable.Replicas"), "replicas");
    assertTrue(template.unread().contains("IAM::Role"), "roles");
  }

  @Test
  void packageOfTheServerlessFrameworkIsServedFromItsArchive() {
    Template template = parse(file("sls-package.json"));
    FunctionDefinition function = template.functions().get("ConnectLambdaFunction");
    assertEquals("rooms.zip", function.code().folder());
    assertEquals(6, function.timeout().toSeconds());
    assertEquals(Set.of("$connect", "$disconnect"), template.routes().keySet());
    assertEquals("rooms-dev", template.tables().get(0).name());
    assertEquals(
        1, ((List<?>) template.tables().get(0).creation().get("GlobalSecondaryIndexes")).size());
    assertTrue(template.unread().contains("DynamoDB::Table.StreamSpecification"), "streams");
    assertTrue(template.unread().contains("Lambda::EventSourceMapping"), "their consumers");
  }

  @Test
  void aliasesAndVersionsStandForTheirFunction() {
    String template =
        file("sls-package.json")
            .replace("\"ConnectLambdaFunction\", \"Arn\"", "\"Live\", \"AliasArn\"");
    Integration integration = parse(template).routes().get("$connect").integration();
    assertEquals(Optional.of("ConnectLambdaFunction"), integration.called());
  }

  @Test
  void webSocketApiOfSamBecomesWhatSamMakesOfIt() {
    Template template = parse(SAM);
    assertEquals("live", template.stage());
    assertEquals("Chat", template.apiId());
    assertEquals(Map.of("colour", "blue"), template.stageVariables());
    assertEquals(Set.of("$connect", "send-it"), template.routes().keySet());
    assertEquals(
        new Integration.LambdaProxy("Talk", Duration.ofSeconds(5)),
        template.routes().get("send-it").integration());
    assertTrue(template.routes().get("send-it").twoWay(), "a route response was added");
    assertFalse(template.routes().get("$connect").twoWay());
    assertEquals("Guard", template.authorizer().orElseThrow().function());
    assertEquals("live", template.functions().get("Talk").variables().get("STAGE"));
    assertEquals(
        Optional.of("exports.handler = 1"), template.functions().get("Guard").code().inline());
    assertTrue(template.unread().contains("Serverless::Function.Events"), "events");
    assertTrue(template.unread().contains("Serverless::WebSocketApi.Description"), "words");
  }

  @Test
  void simpleTablesHaveOneKey() {
    List<TableDefinition> tables = parse(SAM).tables();
    assertEquals("Rooms", tables.get(0).name());
    assertEquals("id", tables.get(0).partitionKey());
    assertEquals("members", tables.get(1).name());
    assertEquals(
        List.of(Map.of("AttributeName", "room", "AttributeType", "N")),
        tables.get(1).creation().get("AttributeDefinitions"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "StageName: live|Colour: blue|Chat.Colour is not supported; of AWS::Serverless::WebSocketApi",
        "send-it: {|connect: {|Chat.Routes.$connect and Chat.Routes.connect both become the resource Chatconnect",
        "$connect: {|sendit: {|Chat.Routes.sendit and Chat.Routes.send-it both become the resource Chatsendit",
        "Rooms: {|ChatsenditRoute: {|Chat.Routes.send-it and ChatsenditRoute both become the resource ChatsenditRoute; rename one of them",
        "Members:|ChatAuthorizer:|Chat.Auth and ChatAuthorizer both become the resource ChatAuthorizer",
        "StageName: live|StageName: |Chat.StageName has no value",
        "IntegrationTimeout: 5000|Colour: blue|Chat.Routes.send-it.Colour is not supported",
        "IntegrationTimeout: 5000|RequestModels: {a: b}|ChatsenditRoute.RequestModels is not supported",
        "IntegrationTimeout: 5000|ApiKeyRequired: true|ChatsenditRoute.ApiKeyRequired is true",
        "AuthArn: !GetAtt Guard.Arn, |``|Chat.Auth needs AuthArn",
        "AuthType: CUSTOM|AuthType: JWT|AuthorizationType is JWT; the emulator has CUSTOM or AWS_IAM",
        "Type: Number|Type: Text|Members.PrimaryKey.Type is Text; allowed: String, Number, Binary"
      })
  void whatSamHasAndTheEmulatorLacksIsRefused(String text, String other, String sentence) {
    refused(sentence, SAM.replace(text, other), Optional.empty());
  }

  @Test
  void severalApisNeedAChoice() {
    refused(
        "the template has several APIs; --api chooses one of First, Second", TWO, Optional.empty());
    refused("--api=Web is not allowed; --api takes First, Second", TWO, Optional.of("Web"));
    Template template =
        Template.parse(TWO, Optional.of("First"), "us-east-1", Map.of(), LocalSecretStore.none());
    assertEquals("one", template.stage());
    assertEquals(
        List.of(
            "ApiGatewayV2::Api Second (--api Second serves it)",
            "ApiGatewayV2::Api Web, which has no WebSockets"),
        template.unread());
  }

  @Test
  void templateWithoutAnApiIsRefused() {
    refused(
        "the template has no API: no AWS::ApiGatewayV2::Api and no",
        "Resources: {}",
        Optional.empty());
  }

  @Test
  void functionOfNoUseThatCannotRunStopsNothing() {
    String more =
        SAM
            + """
              Sharp: {Type: AWS::Lambda::Function, Properties: {Runtime: dotnet8, Handler: X, Code: .}}
              Far:
                Type: AWS::Lambda::Function
                Properties: {Runtime: python3.12, Handler: a.b, Code: ., Environment: {Variables: {A: !ImportValue x}}}
              Net: {Type: AWS::EC2::Subnet, Properties: {CidrBlock: !Cidr [10.0.0.0/8, 1, 8]}}
            Outputs:
              Else: {Value: !ImportValue y}
            """;
    List<String> unread = parse(more).unread();
    assertTrue(
        unread.contains(
            "function Sharp, which no route calls: Sharp.Runtime is dotnet8; the emulator has java…, nodejs…, python3… and provided…"),
        unread.toString());
    assertTrue(
        unread.stream().anyMatch(each -> each.startsWith("function Far, which")),
        unread.toString());
    assertTrue(unread.contains("EC2::Subnet"), unread.toString());
    refused(
        "which the template lacks",
        more.replace("!Cidr [10.0.0.0/8, 1, 8]", "!Ref Nowhere"),
        Optional.empty());
    refused(
        "does not know Fn::ImportValue",
        more.replace("STAGE: !Ref Chat.Stage", "S: !ImportValue z"),
        Optional.empty());
  }

  @Test
  void listsAreSplitSelectedAndJoined() {
    String template =
        SAM.replace(
                "STAGE: !Ref Chat.Stage",
                "S: !Select [!Ref At, !Split [\"-\", a-b-c]], J: !Join [+, !Ref Zones]")
            + """
            Parameters:
              At: {Type: Number, Default: 1}
              Zones: {Type: CommaDelimitedList, Default: "x, y", AllowedValues: [x, y]}
            """;
    Map<String, String> variables = parse(template).functions().get("Talk").variables();
    assertEquals("b", variables.get("S"));
    assertEquals("x+y", variables.get("J"));
    String message =
        assertThrows(
                ParameterException.class,
                () -> Template.parse(template, "us-east-1", Map.of("Zones", "x,z")))
            .getMessage();
    assertEquals("--parameter Zones=z is not allowed; Zones takes x, y", message);
  }

  private static Map<String, Object> withoutKeys(Map<String, Object> creation) {
    Map<String, Object> rest = new HashMap<>(creation);
    rest.keySet().removeAll(Set.of("AttributeDefinitions", "KeySchema"));
    return rest;
  }

  private static void refused(String sentence, String template, Optional<String> api) {
    String message =
        assertThrows(
                TemplateException.class,
                () -> Template.parse(template, api, "us-east-1", Map.of(), LocalSecretStore.none()))
            .getMessage();
    assertTrue(message.contains(sentence), message);
  }

  private static Template parse(String yaml) {
    return Template.parse(yaml, "us-east-1", Map.of());
  }

  private static String file(String name) {
    try (InputStream in = ForeignTemplateTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
