package dev.fanbench.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.TestApi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates with a value of the wrong shape: each is read, or refused with a sentence. */
class MalformedTemplateTest {
  /** Has an intrinsic function at each kind of place that the emulator looks at. */
  private static final String TEMPLATE =
      """
      Conditions:
        Equal: {Fn::Equals: [HERE, x]}
        Contained: {Fn::Contains: [HERE, HERE]}
        Held: HERE
      Mappings: {Zones: {here: {zone: a}}}
      Resources:
        Api: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: WEBSOCKET, RouteSelectionExpression: a, Name: HERE}}
        Stage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Api, StageName: dev, StageVariables: {a: HERE}}}
        Mock: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref Api, IntegrationType: MOCK}}
        Route: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Api, RouteKey: $default, Target: !Sub "integrations/${Mock}"}}
        Rooms: {Type: AWS::DynamoDB::Table, Properties: {TableName: HERE}}
        Members: {Type: AWS::DynamoDB::Table, Condition: CONDITION, Properties: {KeySchema: [{AttributeName: HERE, KeyType: HASH}]}}
        Alias: {Type: AWS::Lambda::Alias, Properties: {Name: live, FunctionName: HERE}}
        Talk: {Type: AWS::Serverless::Function, Properties: {Handler: dev.Talk, Environment: {Variables: {A: HERE}}}}
      Outputs:
        Where: {Value: HERE}
      """;

  private static final List<String> INTRINSICS =
      List.of(
          "Ref",
          "Condition",
          "Fn::And",
          "Fn::Contains",
          "Fn::Equals",
          "Fn::FindInMap",
          "Fn::GetAtt",
          "Fn::GetAZs",
          "Fn::If",
          "Fn::Join",
          "Fn::Not",
          "Fn::Or",
          "Fn::Select",
          "Fn::Split",
          "Fn::Sub");

  private static final List<Object> VALUES = values();

  private static List<Object> values() {
    Map<String, Object> nothing = new LinkedHashMap<>();
    nothing.put("a", null);
    List<Object> values =
        new ArrayList<>(
            Arrays.asList(
                null,
                "",
                "x",
                "x.y",
                "Rooms",
                "${a}",
                "${AWS::NoValue}",
                5,
                true,
                Map.of(),
                nothing,
                Map.of("Ref", "AWS::NoValue"),
                Map.of("Ref", "Rooms"),
                Map.of("Fn::If", Arrays.asList("Equal", null, null))));
    values.add(List.of());
    for (Object first : List.copyOf(values.stream().filter(each -> each != null).toList())) {
      values.add(List.of(first));
      values.add(Arrays.asList(first, null));
      values.add(Arrays.asList(null, first));
      values.add(List.of(first, List.of(first)));
      values.add(Arrays.asList(first, Arrays.asList(first, null)));
      values.add(Arrays.asList(0, Arrays.asList(null, first)));
      values.add(List.of(first, nothing));
      values.add(Arrays.asList(first, null, null));
      values.add(List.of("Equal", first, first));
      values.add(List.of("${a}", Map.of("a", first)));
    }
    values.add(Arrays.asList(null, null, null));
    values.add(List.of("${a}", Map.of("a", Map.of("Fn::If", Arrays.asList("Equal", null, null)))));
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"Equal", "Contained", "Held"})
  void intrinsicFunctionWithAnyArgumentIsReadOrRefused(String condition) {
    String template = TEMPLATE.replace("CONDITION", condition);
    Map<String, Object> root = TemplateYaml.parse(template);
    int refused = 0;
    for (String intrinsic : INTRINSICS) {
      for (Object value : VALUES) {
        Map<String, Object> call = new LinkedHashMap<>();
        call.put(intrinsic, value);
        for (int place = 0; place < places(template); place++) {
          refused += isRefused(with(root, call, place), intrinsic + " " + value) ? 1 : 0;
        }
      }
    }
    assertTrue(refused > 1_000, "refused: " + refused);
  }

  private static int places(String template) {
    return template.split("HERE", -1).length - 1;
  }

  /** The template with a value at one of its places, and a text at the others. */
  private static Map<String, Object> with(Map<String, Object> root, Object value, int place) {
    int[] left = {place};
    return TemplateNode.map(with(root, value, left), "the template");
  }

  private static Object with(Object node, Object value, int[] left) {
    if (node instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, each) -> copy.put(key, with(each, value, left)));
      return copy;
    }
    if (node instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(each -> copy.add(with(each, value, left)));
      return copy;
    }
    if (!"HERE".equals(node)) {
      return node;
    }
    return left[0]-- == 0 ? value : "text";
  }

  /** Whether a template is refused; fails if it is by anything but a sentence. */
  private static boolean isRefused(Map<String, Object> root, String what) {
    return isRefused(
        () ->
            new TemplateReader(
                    root, Optional.empty(), "us-east-1", Map.of(), LocalSecretStore.none())
                .read(),
        what);
  }

  private static boolean isRefused(Runnable reading, String what) {
    try {
      reading.run();
      return false;
    } catch (TemplateException refused) {
      assertTrue(!refused.getMessage().isBlank(), what);
      return true;
    } catch (RuntimeException broken) {
      throw new AssertionError(what, broken);
    }
  }

  private static final String SERVERLESS =
      """
      service: rooms
      custom: {a: 1}
      provider: {name: aws, runtime: nodejs20.x, stage: dev, environment: {A: b}, timeout: 5, memorySize: 128}
      functions:
        talk:
          handler: src/handler.talk
          environment: {A: b}
          events:
            - websocket: $default
            - websocket: {route: $connect, authorizer: {name: guard, identitySource: [route.request.querystring.t]}}
            - websocket: {route: ask, routeResponseSelectionExpression: $default}
        guard: {handler: src/guard.main, reservedConcurrency: 1}
      resources:
        Resources:
          Rooms: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}]}}
        Outputs: {A: {Value: b}}
      """;

  @Test
  void valueOfAnyShapeAnywhereInATemplateIsReadOrRefused() {
    assertEachPlace(
        ForeignTemplateTest.SAM,
        root ->
            new TemplateReader(
                    root, Optional.empty(), "us-east-1", Map.of(), LocalSecretStore.none())
                .read());
    assertEachPlace(
        TestApi.template("routes.yaml"),
        root ->
            new TemplateReader(
                    root, Optional.empty(), "us-east-1", Map.of(), LocalSecretStore.none())
                .read());
  }

  @Test
  void valueOfAnyShapeAnywhereInAServerlessYamlIsReadOrRefused() {
    assertEachPlace(
        SERVERLESS,
        root ->
            new TemplateReader(
                    new ServerlessYaml(
                            new ServerlessVariableResolver(root, Map.of(), name -> null).resolve())
                        .template(),
                    Optional.empty(),
                    "us-east-1",
                    Map.of(),
                    LocalSecretStore.none())
                .read());
  }

  private static void assertEachPlace(String template, Consumer<Map<String, Object>> reading) {
    reading.accept(TemplateYaml.parse(template));
    List<Object> shapes =
        Arrays.asList(
            null, "", "x", 5, List.of(), Arrays.asList((Object) null), Map.of(), Map.of("a", "b"));
    int refused = 0;
    for (int place = 1; place < nodes(TemplateYaml.parse(template)); place++) {
      for (Object shape : shapes) {
        int[] left = {place};
        Map<String, Object> root =
            TemplateNode.map(replaced(TemplateYaml.parse(template), shape, left), "the template");
        String what = "place %d is %s".formatted(place, shape);
        refused += isRefused(() -> reading.accept(root), what) ? 1 : 0;
      }
    }
    assertTrue(refused > 100, "refused: " + refused);
  }

  private static int nodes(Object node) {
    if (node instanceof Map<?, ?> map) {
      return 1 + map.values().stream().mapToInt(MalformedTemplateTest::nodes).sum();
    }
    return node instanceof List<?> list
        ? 1 + list.stream().mapToInt(MalformedTemplateTest::nodes).sum()
        : 1;
  }

  /** A copy in which the node of a number, in the order of the file, is another. */
  private static Object replaced(Object node, Object other, int[] left) {
    if (left[0]-- == 0) {
      return other;
    }
    if (node instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, each) -> copy.put(key, replaced(each, other, left)));
      return copy;
    }
    if (node instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(each -> copy.add(replaced(each, other, left)));
      return copy;
    }
    return node;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!Sub [text]|Fn::Sub takes a text, or a list of a text and a map of variables",
        "!Sub ['${a}', {a: }]|a variable of Fn::Sub has no value",
        "!FindInMap x|Fn::FindInMap takes the names of a map, of a key and of one below that",
        "{Ref: }|Ref takes a name",
        "{Fn::GetAtt: }|Fn::GetAtt takes a resource and an attribute",
        "!GetAtt Rooms|Fn::GetAtt takes a resource and an attribute",
        "!If [Equal, null]|Fn::If takes a condition and two values",
        "!Join [',', [null]]|Fn::Join takes a delimiter and a list of texts",
        "!Select [0, [null]]|Fn::Select takes a number and a list that has a value there",
        "!Split [null, a]|Fn::Split takes a delimiter and a text"
      })
  void sentenceNamesThePlaceAndTheFunction(String call, String sentence) {
    String template = template("StageVariables: {a: " + call + "}");
    String message = assertThrows(TemplateException.class, () -> parse(template)).getMessage();
    assertTrue(message.contains("Stage.Properties.StageVariables"), message);
    assertTrue(message.endsWith(sentence), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{AttributeName: id, KeyType: HASH}|Members.KeySchema must be a list, but is",
        "[id]|Members.KeySchema must be a map, but is id",
        "[{AttributeName: [id], KeyType: HASH}]|Members.KeySchema.AttributeName must be a text, but is [id]"
      })
  void keyOfATableIsAListOfMapsOfTexts(String schema, String sentence) {
    String template =
        template("StageVariables: {}").replace("[{AttributeName: x, KeyType: HASH}]", schema);
    String message = assertThrows(TemplateException.class, () -> parse(template)).getMessage();
    assertTrue(message.startsWith(sentence), message);
  }

  @Test
  void branchWithoutAValueIsNoFaultUnlessItIsTaken() {
    String template = template("StageVariables: {a: !If [Equal, b, null]}");
    assertEquals(Map.of("a", "b"), parse(template).stageVariables());
  }

  private static String template(String stageVariables) {
    return TEMPLATE
        .replace("StageVariables: {a: HERE}", stageVariables)
        .replace("Held: HERE", "Held: {Condition: Equal}")
        .replace("CONDITION", "Equal")
        .replace("HERE", "x");
  }

  private static Template parse(String yaml) {
    return Template.parse(yaml, "us-east-1", Map.of());
  }
}
