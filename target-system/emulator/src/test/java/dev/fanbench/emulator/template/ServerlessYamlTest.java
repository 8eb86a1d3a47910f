package dev.fanbench.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A {@code serverless.yml}, read as the template that the framework makes of it. */
class ServerlessYamlTest {
  private static final String FILE =
      """
      service: rooms
      frameworkVersion: "3"
      plugins: [serverless-offline]
      custom:
        table: ${self:service}-${sls:stage}
        names: {first: [a, "${self:custom.table}"]}
      provider:
        name: aws
        runtime: nodejs20.x
        stage: ${opt:stage, 'dev'}
        region: eu-central-1
        environment:
          TABLE: ${self:custom.table}
          LIST: ${self:custom.names.first.1}
          REF: {Ref: roomsTable}
          SUB: !Sub "${AWS::Region}/${roomsTable}"
          COLOUR: ${env:FANBENCH_UNSET, "light, blue"}
          COUNT: ${opt:count, 3}
        iam: {role: {statements: []}}
      functions:
        connect-now:
          handler: src/handler.connect
          timeout: 20
          environment: {OWN: 1}
          events:
            - websocket: {route: $connect, authorizer: {name: guard, identitySource: route.request.querystring.t}}
            - websocket: {route: $disconnect}
            - schedule: rate(1 day)
        talk:
          handler: src/handler.talk
          runtime: python3.12
          memorySize: 512
          reservedConcurrency: 5
          events:
            - websocket: $default
            - websocket: {route: ask, routeResponseSelectionExpression: $default}
        guard: {handler: src/guard.main, name: doorman}
      resources:
        Resources:
          roomsTable:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: ${self:provider.environment.TABLE}
              BillingMode: PAY_PER_REQUEST
              AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
              KeySchema: [{AttributeName: id, KeyType: HASH}]
      """;

  @Test
  void routesFunctionsAndTablesAreThoseOfTheFile() {
    Template template = parse(FILE, Map.of());
    assertEquals("dev", template.stage());
    assertEquals("$request.body.action", template.routeSelection());
    assertEquals(Set.of("$connect", "$disconnect", "$default", "ask"), template.routes().keySet());
    assertTrue(template.routes().get("ask").twoWay());
    assertFalse(template.routes().get("$default").twoWay());
    assertEquals("GuardLambdaFunction", template.authorizer().orElseThrow().function());
    assertEquals(
        List.of(new IdentitySource(false, "t")),
        template.authorizer().orElseThrow().identitySources());
    assertEquals("rooms-dev", template.tables().get(0).name());
    FunctionDefinition connect = template.functions().get("ConnectDashnowLambdaFunction");
    assertEquals("src/handler.connect", connect.handler());
    assertEquals(".", connect.code().folder());
    assertEquals("rooms-dev-connect-now", connect.arn().name());
    assertEquals("doorman", template.functions().get("GuardLambdaFunction").arn().name());
    assertEquals(20, connect.timeout().toSeconds());
    assertEquals(1_024, connect.memoryMegabytes());
    FunctionDefinition talk = template.functions().get("TalkLambdaFunction");
    assertEquals(FunctionLanguage.PYTHON, talk.code().language());
    assertEquals(6, talk.timeout().toSeconds());
    assertEquals(512, talk.memoryMegabytes());
    assertEquals(Optional.of(5), talk.reservedConcurrency());
    assertEquals(Optional.empty(), connect.reservedConcurrency());
  }

  @Test
  void variablesHaveValuesOrDefaults() {
    assertEquals(
        Map.of(
            "TABLE", "rooms-dev",
            "LIST", "rooms-dev",
            "REF", "rooms-dev",
            "SUB", "us-east-1/rooms-dev",
            "COLOUR", "light, blue",
            "COUNT", "3",
            "OWN", "1"),
        parse(FILE, Map.of()).functions().get("ConnectDashnowLambdaFunction").variables());
    Map<String, String> given =
        parse(FILE, Map.of("stage", "live", "count", "5"))
            .functions()
            .get("TalkLambdaFunction")
            .variables();
    assertEquals("rooms-live", given.get("TABLE"));
    assertEquals("5", given.get("COUNT"));
    assertEquals("test", parse(FILE, Map.of("StageName", "test")).stage());
  }

  @Test
  void codeIsTheArtifactOfTheFunctionOrOfAll() {
    String packaged =
        FILE.replace("plugins:", "package: {artifact: target/all.zip, patterns: [a]}\nplugins:")
            .replace("name: doorman", "name: doorman, package: {artifact: guard.jar}")
            .replace(
                "runtime: python3.12", "runtime: python3.12\n    package: {individually: true}");
    Template template = parse(packaged, Map.of());
    Map<String, String> folders = new HashMap<>();
    template.functions().forEach((name, function) -> folders.put(name, function.code().folder()));
    assertEquals(
        Map.of(
            "ConnectDashnowLambdaFunction", "target/all.zip",
            "GuardLambdaFunction", "guard.jar",
            "TalkLambdaFunction", "."),
        folders);
    assertTrue(template.unread().contains("package.patterns"), template.unread()::toString);
  }

  @Test
  void keysOfNoEffectAreListed() {
    List<String> unread = parse(FILE, Map.of()).unread();
    for (String expected :
        List.of(
            "frameworkVersion",
            "plugins",
            "provider.iam",
            "provider.region",
            "functions.connect-now.events.schedule")) {
      assertTrue(unread.contains(expected), unread + " lacks " + expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "service: rooms|service: ${file(x.yml):name}|service: the emulator does not know ${file(x.yml):name}; it knows ${self:…}",
        "service: rooms|service: ${ssm:/a/b}|service: the emulator does not know ${ssm:/a/b}",
        "${opt:count, 3}|${opt:count}|provider.environment.COUNT: ${opt:count} has no value and no default",
        "${opt:count, 3}|${self:custom}x|COUNT: ${self:custom} is no text",
        "a, \"${self:custom.table}\"|\"${self:custom.names.first.0}\", a|${self:custom.names.first.0} refers to itself",
        "name: aws|name: google|provider.name is google; the emulator has aws only",
        "service: rooms|service: rooms\\ncolour: blue|colour is not supported; the emulator has",
        "reservedConcurrency: 5|reservedConcurrency: -1|TalkLambdaFunction.ReservedConcurrentExecutions is -1; Lambda allows 0 or more",
        "timeout: 20|package: {colour: blue}|functions.connect-now.package.colour is not supported; the emulator has",
        "timeout: 20|package: {artifact: 's3://b/k.zip'}|ConnectDashnowLambdaFunction.Code is s3://b/k.zip; the emulator has folders and archives beside",
        "timeout: 20|image: x|functions.connect-now.image is not supported; the emulator has",
        "name: guard|name: missing|names no function: missing; allowed: connect-now, talk, guard",
        "name: guard|type: request, name: guard|authorizer.type is not supported; the emulator has",
        "route: ask|route: Sconnect|route $connect and route Sconnect both become the resource SconnectWebsocketsRoute; rename one of them",
        "talk:|connectDashnow:|functions.connect-now and functions.connectDashnow both become the resource ConnectDashnowLambdaFunction",
        "talk:|送信:|functions.送信: the name of a resource is made of 送信, which has no Latin letter and no digit",
        "route: ask|route: 送信|talk.events.websocket.route: the name of a resource is made of 送信",
        "route: ask|route: $default|talk.events.websocket.route is $default, as of another event",
        "runtime: nodejs20.x|memorySize: 128|functions.connect-now.runtime and provider.runtime are missing",
        "websocket:|http:|serverless.yml has no function with an event websocket"
      })
  void whatTheEmulatorLacksIsRefusedByItsName(String text, String other, String sentence) {
    String broken = FILE.replace(text, other.replace("\\n", "\n"));
    assertFalse(broken.equals(FILE), text);
    String message =
        assertThrows(TemplateException.class, () -> parse(broken, Map.of())).getMessage();
    assertTrue(message.contains(sentence), message);
  }

  @Test
  void emptySectionsAreAsIfTheyWereNotThere() {
    String file =
        FILE.substring(0, FILE.indexOf("resources:")).replace("roomsTable", "GuardLambdaFunction")
            + "resources:\n";
    assertEquals(List.of(), parse(file, Map.of()).tables());
    String sources = "identitySource: route.request.querystring.t";
    assertEquals(
        List.of(new IdentitySource(true, "Auth")),
        parse(FILE.replace(sources, "identitySource: "), Map.of())
            .authorizer()
            .orElseThrow()
            .identitySources());
  }

  private static Template parse(String yaml, Map<String, String> options) {
    return Template.parse(yaml, "us-east-1", options);
  }
}
