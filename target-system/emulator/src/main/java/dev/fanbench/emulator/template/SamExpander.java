package dev.fanbench.emulator.template;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Replaces {@code AWS::Serverless::WebSocketApi} and {@code AWS::Serverless::SimpleTable} by the
 * resources that SAM makes of them, under the names that SAM gives those.
 */
final class SamExpander {
  static final String API = "AWS::Serverless::WebSocketApi";
  static final String TABLE = "AWS::Serverless::SimpleTable";
  private static final String GLOBALS = "WebSocketApi";
  private static final String API_ID = "ApiId";
  private static final String STAGE_NAME = "StageName";
  private static final String TYPE = "Type";
  private static final String PROPERTIES = "Properties";
  private static final String PRIMARY_KEY = "PrimaryKey";
  private static final String THROUGHPUT = "ProvisionedThroughput";

  /** Handed to the stage as they are. */
  private static final List<String> OF_STAGE =
      List.of("StageVariables", "RouteSettings", "DefaultRouteSettings");

  /** Handed to the route as they are, where the emulator checks them. */
  private static final List<String> OF_ROUTE =
      List.of(
          "ApiKeyRequired",
          "ModelSelectionExpression",
          "OperationName",
          "RequestModels",
          "RequestParameters",
          "RouteResponseSelectionExpression");

  private static final Set<String> OF_AUTH =
      Set.of("AuthType", "AuthArn", "IdentitySource", "InvokeRole", "Name");
  private static final Map<String, String> KEY_TYPES =
      Map.of("String", "S", "Number", "N", "Binary", "B");

  private final Map<String, Object> globals;
  private final ResourceCollector all = new ResourceCollector();
  private final Map<String, Object> stageNames = new HashMap<>();
  private final SortedSet<String> unread = new TreeSet<>();

  /**
   * @param globals the template's {@code Globals}, references unresolved
   */
  SamExpander(Map<String, Object> globals) {
    this.globals = TemplateNode.mapIn(globals, GLOBALS, "Globals");
  }

  /** All resources, those expanded that SAM expands. */
  Map<String, Object> expand(Map<String, Object> resources) {
    unread.addAll(SupportedProperty.checkDefaults(API, globals, "Globals." + GLOBALS));
    resources.forEach(
        (name, node) -> {
          Map<String, Object> resource = TemplateNode.map(node, name);
          Map<String, Object> properties = TemplateNode.mapIn(resource, PROPERTIES, name);
          if (API.equals(resource.get(TYPE))) {
            unread.addAll(SupportedProperty.check(name, resource));
            api(name, withGlobals(properties, name));
          } else if (TABLE.equals(resource.get(TYPE))) {
            unread.addAll(SupportedProperty.check(name, resource));
            all.put(name, name, table(name, properties));
          } else {
            all.put(name, name, node);
          }
        });
    return all.all();
  }

  /** Properties of what was expanded that change nothing here. */
  Set<String> unread() {
    return unread;
  }

  /** The name of the stage of each API that was expanded, by that API's name. */
  Map<String, Object> stageNames() {
    return stageNames;
  }

  /** SAM joins maps of {@code Globals} and of a resource. */
  private Map<String, Object> withGlobals(Map<String, Object> own, String where) {
    Map<String, Object> joined = new LinkedHashMap<>(globals);
    own.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> && globals.get(key) instanceof Map<?, ?> common) {
            Map<String, Object> both = TemplateNode.map(common, where);
            both.putAll(TemplateNode.map(value, where));
            joined.put(key, both);
          } else {
            joined.put(key, value);
          }
        });
    return joined;
  }

  private void api(String api, Map<String, Object> properties) {
    put(
        api,
        api,
        "Api",
        with(
            Map.of("ProtocolType", "WEBSOCKET"),
            properties,
            List.of("RouteSelectionExpression", "DisableExecuteApiEndpoint")));
    Object stage = properties.getOrDefault(STAGE_NAME, "default");
    if (stage == null) {
      throw new TemplateException(api + ".StageName has no value");
    }
    stageNames.put(api, stage);
    put(
        api + (stage instanceof String text ? letters(text) : "") + "Stage",
        api + ".StageName",
        "Stage",
        with(Map.of(API_ID, ref(api), STAGE_NAME, stage), properties, OF_STAGE));
    Map<String, Object> auth = TemplateNode.mapIn(properties, "Auth", api);
    requireKnown(auth.keySet(), OF_AUTH, api + ".Auth");
    String type = TemplateNode.text(auth, "AuthType", api + ".Auth", "NONE");
    if (type.equals("CUSTOM")) {
      put(api + "Authorizer", api + ".Auth", "Authorizer", authorizer(api, auth));
    }
    Map<String, Object> routes = TemplateNode.mapIn(properties, "Routes", api);
    if (routes.isEmpty()) {
      throw new TemplateException(api + ".Routes has no route");
    }
    routes.forEach(
        (key, route) ->
            route(
                api,
                key,
                TemplateNode.map(route, api + ".Routes." + key),
                authorization(api, type, key)));
  }

  private static Map<String, Object> authorization(String api, String type, String key) {
    if (!key.equals("$connect") || type.equals("NONE")) {
      return Map.of();
    }
    return type.equals("CUSTOM")
        ? Map.of("AuthorizationType", type, "AuthorizerId", ref(api + "Authorizer"))
        : Map.of("AuthorizationType", type);
  }

  private static Map<String, Object> authorizer(String api, Map<String, Object> auth) {
    Map<String, Object> authorizer =
        with(
            Map.of(API_ID, ref(api), "AuthorizerType", "REQUEST"), auth, List.of("IdentitySource"));
    authorizer.put("AuthorizerUri", uri(required(auth, "AuthArn", api + ".Auth")));
    return authorizer;
  }

  private void route(
      String api, String key, Map<String, Object> route, Map<String, Object> authorization) {
    String where = api + ".Routes." + key;
    Set<String> known = new TreeSet<>(OF_ROUTE);
    known.addAll(List.of("FunctionArn", "IntegrationTimeout"));
    requireKnown(route.keySet(), known, where);
    String integration = api + letters(key) + "Integration";
    Map<String, Object> called =
        new LinkedHashMap<>(
            Map.of(
                API_ID,
                ref(api),
                "IntegrationType",
                "AWS_PROXY",
                "IntegrationUri",
                uri(required(route, "FunctionArn", where))));
    if (route.containsKey("IntegrationTimeout")) {
      called.put("TimeoutInMillis", route.get("IntegrationTimeout"));
    }
    put(integration, where, "Integration", called);
    Map<String, Object> properties =
        with(
            Map.of(API_ID, ref(api), "RouteKey", key, "Target", "integrations/" + integration),
            route,
            OF_ROUTE);
    properties.putAll(authorization);
    put(api + letters(key) + "Route", where, "Route", properties);
  }

  private void put(String name, String origin, String type, Map<String, Object> properties) {
    all.put(name, origin, Map.of(TYPE, "AWS::ApiGatewayV2::" + type, PROPERTIES, properties));
  }

  private static Map<String, Object> table(String name, Map<String, Object> properties) {
    Map<String, Object> key =
        properties.containsKey(PRIMARY_KEY)
            ? TemplateNode.mapIn(properties, PRIMARY_KEY, name)
            : Map.of("Name", "id", "Type", "String");
    String attribute = TemplateNode.text(key, "Name", name + ".PrimaryKey");
    String type = TemplateNode.text(key, "Type", name + ".PrimaryKey");
    if (!KEY_TYPES.containsKey(type)) {
      throw new TemplateException(
          "%s.PrimaryKey.Type is %s; allowed: String, Number, Binary".formatted(name, type));
    }
    Map<String, Object> table = with(Map.of(), properties, List.of("TableName", THROUGHPUT));
    if (!properties.containsKey(THROUGHPUT)) {
      table.put("BillingMode", "PAY_PER_REQUEST");
    }
    table.put(
        "AttributeDefinitions",
        List.of(Map.of("AttributeName", attribute, "AttributeType", KEY_TYPES.get(type))));
    table.put("KeySchema", List.of(Map.of("AttributeName", attribute, "KeyType", "HASH")));
    return Map.of(TYPE, "AWS::DynamoDB::Table", PROPERTIES, table);
  }

  private static Map<String, Object> with(
      Map<String, Object> first, Map<String, Object> more, List<String> names) {
    Map<String, Object> all = new LinkedHashMap<>(first);
    names.stream().filter(more::containsKey).forEach(name -> all.put(name, more.get(name)));
    return all;
  }

  private static void requireKnown(Set<String> names, Set<String> known, String where) {
    for (String name : names) {
      if (!known.contains(name)) {
        throw new TemplateException(
            "%s.%s is not supported; the emulator has %s"
                .formatted(where, name, String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  private static Object required(Map<String, Object> from, String key, String where) {
    if (from.get(key) == null) {
      throw new TemplateException("%s needs %s".formatted(where, key));
    }
    return from.get(key);
  }

  private static Map<String, Object> ref(String name) {
    return Map.of("Ref", name);
  }

  /** The URI of an integration that calls a function. */
  static Map<String, Object> uri(Object functionArn) {
    return Map.of(
        "Fn::Join",
        List.of(
            "",
            List.of(
                "arn:aws:apigateway:",
                ref("AWS::Region"),
                ":lambda:path/2015-03-31/functions/",
                functionArn,
                "/invocations")));
  }

  private static String letters(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "");
  }
}
