package dev.fanbench.emulator.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Walks through the resources of one template. */
final class TemplateReader {
  private static final int DEFAULT_FUNCTION_SECONDS = 3;
  private static final int DEFAULT_MEGABYTES = 128;
  private static final Set<String> NOT_FOR_CREATE_TABLE =
      Set.of("TimeToLiveSpecification", "PointInTimeRecoverySpecification", "TableName");

  private final Map<String, Object> root;
  private final String region;

  /** By logical name, with every reference resolved. */
  private final Map<String, Map<String, Object>> resources = new LinkedHashMap<>();

  /** What may guard {@code $connect}: an authorizer, or a signature. */
  private static final Set<String> GUARDS = Set.of("CUSTOM", "AWS_IAM");

  private final Conditions conditions;
  private final References references;

  TemplateReader(Map<String, Object> root, String region, Map<String, String> given) {
    this.root = root;
    this.region = region;
    Map<String, Object> values =
        Parameters.values(Tree.mapIn(root, "Parameters", "the template"), given);
    Map<String, Object> mappings = Tree.mapIn(root, "Mappings", "the template");
    References parameters = new References(values, Set.of(), name -> false, mappings, region);
    Rules.check(Tree.mapIn(root, "Rules", "the template"), parameters);
    this.conditions = new Conditions(Tree.mapIn(root, "Conditions", "the template"), parameters);
    Map<String, Object> declared =
        new LinkedHashMap<>(Tree.mapIn(root, "Resources", "the template"));
    declared
        .entrySet()
        .removeIf(entry -> !isCreated(Tree.map(entry.getValue(), entry.getKey()), conditions));
    this.references =
        new References(values, declared.keySet(), conditions::holds, mappings, region);
    declared.forEach(
        (name, resource) ->
            resources.put(name, Tree.map(references.resolve(resource, name), name)));
  }

  private static boolean isCreated(Map<String, Object> resource, Conditions conditions) {
    return !resource.containsKey("Condition")
        || conditions.holds(resource.get("Condition").toString());
  }

  Template read() {
    String api = only("AWS::ApiGatewayV2::Api");
    Map<String, Object> stage = properties(only("AWS::ApiGatewayV2::Stage"));
    return new Template(
        region,
        api,
        Tree.text(stage, "StageName", "the stage"),
        Tree.texts(stage, "StageVariables", "the stage"),
        Tree.text(properties(api), "RouteSelectionExpression", api),
        routes(),
        authorizer(),
        guardedBy("AWS_IAM").isPresent(),
        functions(),
        tables(),
        outputs(),
        localHttp());
  }

  private Optional<LocalHttp> localHttp() {
    Map<String, Object> metadata = Tree.mapIn(root, "Metadata", "the template");
    if (!metadata.containsKey("LocalHttp")) {
      return Optional.empty();
    }
    Map<String, Object> local = Tree.mapIn(metadata, "LocalHttp", "Metadata");
    return Optional.of(
        new LocalHttp(
            Tree.text(local, "Parameter", "LocalHttp"), Tree.text(local, "Handler", "LocalHttp")));
  }

  private Map<String, Route> routes() {
    Set<String> twoWay = new HashSet<>();
    for (String name : named("AWS::ApiGatewayV2::RouteResponse")) {
      twoWay.add(Tree.text(properties(name), "RouteId", name));
    }
    Map<String, Route> routes = new LinkedHashMap<>();
    for (String name : named("AWS::ApiGatewayV2::Route")) {
      Map<String, Object> properties = properties(name);
      String key = Tree.text(properties, "RouteKey", name);
      String target = Tree.text(properties, "Target", name);
      routes.put(key, route(key, target, twoWay.contains(name), name));
    }
    return routes;
  }

  private Route route(String key, String target, boolean twoWay, String where) {
    String integration = target.replaceFirst("^integrations/", "");
    if (!named("AWS::ApiGatewayV2::Integration").contains(integration)) {
      throw new TemplateException(where + ".Target names no integration: " + target);
    }
    Integration read =
        new IntegrationReader(
                integration, properties(integration), responseOf(integration), functionNames())
            .read();
    return new Route(key, read, twoWay);
  }

  private Map<String, Object> responseOf(String integration) {
    return named("AWS::ApiGatewayV2::IntegrationResponse").stream()
        .map(this::properties)
        .filter(response -> integration.equals(response.get("IntegrationId")))
        .findFirst()
        .orElse(Map.of());
  }

  private Set<String> functionNames() {
    return Set.copyOf(named("AWS::Serverless::Function"));
  }

  /** The authorizer of {@code $connect}, the one route that may have one. */
  private Optional<AuthorizerDefinition> authorizer() {
    return guardedBy("CUSTOM")
        .map(route -> authorizer(Tree.text(properties(route), "AuthorizerId", route), route));
  }

  /** The logical name of {@code $connect} if that is what guards it. */
  private Optional<String> guardedBy(String wanted) {
    Optional<String> guarded = Optional.empty();
    for (String name : named("AWS::ApiGatewayV2::Route")) {
      String type = Tree.text(properties(name), "AuthorizationType", name, "NONE");
      boolean connect = Tree.text(properties(name), "RouteKey", name).equals("$connect");
      if (!type.equals("NONE") && !(connect && GUARDS.contains(type))) {
        throw new TemplateException(
            "%s.AuthorizationType is %s; the emulator has CUSTOM or AWS_IAM for $connect, otherwise NONE"
                .formatted(name, type));
      }
      if (type.equals(wanted)) {
        guarded = Optional.of(name);
      }
    }
    return guarded;
  }

  private AuthorizerDefinition authorizer(String name, String where) {
    if (!named("AWS::ApiGatewayV2::Authorizer").contains(name)) {
      throw new TemplateException(where + ".AuthorizerId names no authorizer: " + name);
    }
    Map<String, Object> properties = properties(name);
    return new AuthorizerDefinition(
        FunctionUri.in(properties, "AuthorizerUri", name, functionNames()),
        Tree.list(properties, "IdentitySource", name).stream()
            .map(source -> IdentitySource.parse(source.toString(), name))
            .toList());
  }

  private Map<String, FunctionDefinition> functions() {
    Map<String, Object> globals =
        Tree.map(
            references.resolve(
                Tree.mapIn(Tree.mapIn(root, "Globals", "the template"), "Function", "Globals"),
                "Globals"),
            "Globals.Function");
    Map<String, FunctionDefinition> functions = new LinkedHashMap<>();
    for (String name : named("AWS::Serverless::Function")) {
      Map<String, Object> properties = new LinkedHashMap<>(globals);
      properties.putAll(properties(name));
      Map<String, String> variables = new HashMap<>(variables(globals, "Globals"));
      variables.putAll(variables(properties(name), name));
      functions.put(
          name,
          new FunctionDefinition(
              name,
              Tree.text(properties, "Handler", name).replaceFirst("::.*", ""),
              Tree.number(properties, "MemorySize", name, DEFAULT_MEGABYTES),
              Duration.ofSeconds(
                  Tree.number(properties, "Timeout", name, DEFAULT_FUNCTION_SECONDS)),
              variables));
    }
    return functions;
  }

  private static Map<String, String> variables(Map<String, Object> properties, String where) {
    Map<String, String> variables = new HashMap<>();
    Map<String, Object> environment = Tree.mapIn(properties, "Environment", where);
    Tree.mapIn(environment, "Variables", where)
        .forEach((name, value) -> variables.put(name, String.valueOf(value)));
    return variables;
  }

  private List<TableDefinition> tables() {
    List<TableDefinition> tables = new ArrayList<>();
    for (String name : named("AWS::DynamoDB::Table")) {
      Map<String, Object> creation = new LinkedHashMap<>(properties(name));
      Map<String, Object> timeToLive = Tree.mapIn(creation, "TimeToLiveSpecification", name);
      creation.keySet().removeAll(NOT_FOR_CREATE_TABLE);
      creation.put("TableName", name);
      tables.add(
          new TableDefinition(
              name,
              creation,
              Optional.ofNullable(timeToLive.get("AttributeName")).map(Object::toString)));
    }
    return tables;
  }

  private Map<String, String> outputs() {
    Map<String, String> outputs = new LinkedHashMap<>();
    Tree.mapIn(root, "Outputs", "the template")
        .forEach(
            (name, output) -> {
              if (isCreated(Tree.map(output, name), conditions)) {
                outputs.put(
                    name,
                    Tree.text(Tree.map(references.resolve(output, name), name), "Value", name));
              }
            });
    return outputs;
  }

  private Map<String, Object> properties(String name) {
    return Tree.mapIn(resources.get(name), "Properties", name);
  }

  private List<String> named(String type) {
    return resources.entrySet().stream()
        .filter(resource -> type.equals(resource.getValue().get("Type")))
        .map(Map.Entry::getKey)
        .toList();
  }

  private String only(String type) {
    List<String> names = named(type);
    if (names.size() != 1) {
      throw new TemplateException("there must be one %s, but there are %s".formatted(type, names));
    }
    return names.get(0);
  }
}
